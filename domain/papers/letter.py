"""The letters of a request as they are printed: one for each order, stating what its signer signs, and nothing else."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from domain.orders.agreed import agreed_of
from domain.orders.model import Case, Order
from domain.papers.authorization import CLAUSES, TEXT_VERSION, called_off, facts_digest, stated_facts
from domain.values import replace

How = Literal["typed", "drawn"]
LETTER = "letter"  # the kind of the paper that a sealed one is kept as
COVERED = "covered"  # beside the answers: the signature (`seq`), then of each letter the ids of order and numbers

SIGNED_FOR = "signed_for"  # beside them: the signature (`seq`), then whom its letters appoint


@dataclass(frozen=True, slots=True)
class Letter:
    """What one letter states. `part` of `parts`: its order's place among the letters of one signature, from 1.

    `numbers`: E.164, every one that moves. `clause`: of its class, as in `CLAUSES`, or empty. `company`: who is
    appointed. `facts`: the SHA-256 (hex) that the signature is bound to (`facts_digest`), the same for all parts.
    """

    ref: str
    part: int
    parts: int
    number_class: str
    holder: str
    signer: str
    address: str
    billing: str
    carrier: str
    numbers: tuple[str, ...]
    clause: str
    company: str
    facts: str

    @property
    def code(self) -> str:
        """Return what tells this letter from every other one: 32 hexadecimal digits, printed on each of its pages."""
        place = f"{self.part}/{self.parts}"
        whole = "\n".join((TEXT_VERSION, self.ref, self.facts, place, self.company, *self.numbers))
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Signature:
    """How a letter was signed: the name, when (aware UTC), typed or drawn, and by which text it was consented to.

    `where`: a wording key of the place (chat, page). `who`: what tells the signer's device or account there.
    `drawing`: a PNG of what was drawn. `authority`: what they answered whose account it is; empty where nobody asked.
    """

    name: str
    at: datetime
    how: How
    consent: str
    where: str
    who: str
    drawing: bytes = b""
    authority: str = ""


def letters_of(case: Case, company: str, listed: tuple[str, ...] = ()) -> tuple[Letter, ...]:
    """Return the letters that the request's signature covers, one for each order, in the orders' order.

    `company`: who is appointed in what is still to be signed. `listed`: the numbers of a request that moves an agreed
    list; they do not stand in the case.
    """
    company = _signed_for(case) or company
    facts, digest = stated_facts(case), facts_digest(case)
    orders = [(order, _numbers(case, order, listed)) for order in orders_of(case)]
    return tuple(
        Letter(
            ref=case.request.ref,
            part=part,
            parts=len(orders),
            number_class=order.number_class,
            holder=facts["holder"],
            signer=facts["signer"],
            address=facts["address"],
            billing=facts["billing"],
            carrier=facts["carrier"],
            numbers=numbers,
            clause=CLAUSES.get(order.number_class, ""),
            company=company,
            facts=digest,
        )
        for part, (order, numbers) in enumerate(orders, 1)
    )


def _signed_for(case: Case) -> str:
    """Return whom the letters appoint by the signature that stands; empty: it is not kept, or nothing is signed."""
    kept, given = case.answers.get(SIGNED_FOR), case.answers.get("signature")
    if kept is None or given is None or given.reopened or kept.value[0] != str(given.seq):
        return ""
    return kept.value[1]


def orders_of(case: Case) -> tuple[Order, ...]:
    """Return the orders that have a letter each: those of which any number moves."""
    ended = called_off(case)
    moving = {number.order_id for number in case.whole.numbers if number.id not in ended}
    return tuple(order for order in case.orders if order.id in moving)


def covered(case: Case) -> tuple[str, ...]:
    """Return which numbers the letters of a signature name, as it is kept until they are printed."""
    ended, numbers = called_off(case), case.whole.numbers
    lines = (
        (order.id, *(n.id for n in numbers if n.order_id == order.id and n.id not in ended))
        for order in orders_of(case)
    )
    return (str(case.answers["signature"].seq), *(" ".join(map(str, line)) for line in lines))


def file_name(stem: str, taken: Collection[str]) -> str:
    """Return the name of a letter's file, and the so-manieth of its place, where names of that place are `taken`."""
    before = sum(name == f"{stem}.pdf" or name.startswith(f"{stem}-v") for name in taken)
    return f"{stem}-v{before + 1}.pdf" if before else f"{stem}.pdf"


def as_signed(case: Case) -> Case:
    """Return a case with orders and numbers as they were signed for, parted or called off as they may be since."""
    kept, given = case.answers.get(COVERED), case.answers.get("signature")
    if kept is None or given is None or case.order is None or kept.value[0] != str(given.seq):
        return case
    lines = [tuple(map(int, line.split())) for line in kept.value[1:]]
    place = {number: line[0] for line in lines for number in line[1:]}
    here = {order.id: order for order in case.orders}
    orders = {line[0]: here.get(line[0], replace(case.order, id=line[0])) for line in lines}
    numbers = tuple(
        replace(n, order_id=place[n.id], phase="staff_review") if n.id in place else n for n in case.whole.numbers
    )
    return replace(case, orders=tuple(orders[each] for each in sorted(orders)), numbers=numbers, others=())


def _numbers(case: Case, order: Order, listed: tuple[str, ...]) -> tuple[str, ...]:
    if agreed_of(case) is not None and order == case.order:
        return listed
    ended = called_off(case)
    return tuple(n.e164 for n in case.whole.numbers if n.order_id == order.id and n.id not in ended)
