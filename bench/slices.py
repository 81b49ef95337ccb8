"""Play the loads in slices, all contestants in turn, and keep each one's best: noise only adds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.customers import Load
from bench.measure import Played, Stage, Syncs, counted_syncs, tree_of

USERS = 100
LATENCY = 0.05  # seconds before sendMessage is answered in the late load
IN_FLIGHT = 64


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long a run is."""

    slices: int
    turns: int  # of the load alone; CPU is read in steps of 10 ms, so not under 500
    seconds: float  # of the crowded and the late load
    kills: int


FULL = Sizes(slices=5, turns=1500, seconds=4.0, kills=20)
QUICK = Sizes(slices=2, turns=500, seconds=1.5, kills=3)


@dataclass(slots=True)
class Slices:
    """All slices of one contestant."""

    alone: list[Played] = field(default_factory=list)
    crowded: list[Played] = field(default_factory=list)
    late: list[Played] = field(default_factory=list)

    @property
    def cpu_us(self) -> float:
        """The least CPU of a turn with one customer at a time, in microseconds."""
        return min(played.cpu_us_a_turn for played in self.alone)

    @property
    def crowd(self) -> Played:
        """The fastest slice with 100 customers at once."""
        return max(self.crowded, key=lambda played: played.verdict.turns_per_s)

    @property
    def late_turns_per_s(self) -> float:
        """The most turns a second with sendMessage answered late."""
        return max(played.verdict.turns_per_s for played in self.late)

    @property
    def api_us(self) -> float:
        """The least CPU of the loopback API for a turn of the crowd, in microseconds."""
        return min(played.api_us_a_turn for played in self.crowded)

    @property
    def is_clean(self) -> bool:
        """Whether no slice had a wrong, doubled or missing answer."""
        return all(played.verdict.is_clean for played in (*self.alone, *self.crowded, *self.late))


def measure(stages: Sequence[Stage], sizes: Sizes) -> dict[str, Slices]:
    """Play every load on every stage, slice by slice; the first of each is warmed up before."""
    found = {stage.contestant.name: Slices() for stage in stages}
    for stage in stages:
        stage.play(Load(users=20, turns=200))
    for _ in range(sizes.slices):
        for stage in stages:
            found[stage.contestant.name].alone.append(stage.play(Load(users=1, turns=sizes.turns)))
        for stage in stages:
            crowd = Load(users=USERS, seconds=sizes.seconds)
            found[stage.contestant.name].crowded.append(stage.play(crowd))
        for stage in stages:
            late = Load(users=USERS, seconds=sizes.seconds, delay=LATENCY)
            found[stage.contestant.name].late.append(stage.play(late))
    return found


@dataclass(frozen=True, slots=True)
class SyncedTurns:
    """Syncs of the disk while so many turns were played."""

    syncs: Syncs
    turns: int

    @property
    def a_turn(self) -> float:
        """Syncs a turn, checkpoints apart."""
        return self.syncs.of_turns / max(self.turns, 1)


def count_syncs(stage: Stage, users: int, turns: int, others: Sequence[int] = ()) -> SyncedTurns:
    """Count syncs under strace, which slows all, so take no time from here; `others`: a database's pids."""
    with counted_syncs([*tree_of(stage.pid), *others]) as counted:
        played = stage.play(Load(users=users, turns=turns))
    return SyncedTurns(counted(), played.verdict.turns)
