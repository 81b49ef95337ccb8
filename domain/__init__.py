"""What porting is: pure rules, no input or output, no framework, no clock.

Glossary: one word for one thing, in code, tables, tests, words and docs alike.

account number   what the losing carrier calls the customer's account; a secret here
administrator    a member who sees and approves the requests of a company; see `domain.companies.ROLES`
agreements       the six sentences that the press under the check agrees to; version and figures are kept
answer           a question's value with its source: typed, read, inferred, staff
approval         how it stands with the administrators of a request's company, beside its phase
aside            what a chat is asked beside its request; the open question comes back afterwards
asking           the count of questions put to a chat; a button belongs to one asking
board            what staff read: sheets, lists, figures
brief            one of a chat's requests in a line: reference, status, first number, title
BTN              billing telephone number, the main number of an account with several
canary           a made-up secret that tests search for in everything that leaves the house
card             the one message in the desk channel that shows a request as it is now
case             a request with its order, numbers and answers, as one decision needs it
claim            that another request has a number already, under way or moved
class            what a number is for its losing carrier: wireless, landline, toll-free …; a row of `intake.classes`
company          a customer of several people who share requests; in policy.toml: ours
consent          to sign electronically, by its text's version; also the YES to a Canadian carrier's text
contact          who may make changes to an account in a company's or another's name; heard: a number shared in Telegram
CSR              customer service record: the losing carrier's own record of the account
destination      the number at which calls to the moved number shall ring
desk             the staff, and what they work with in Slack
doubt            something in an address that is asked about, never refused
due              something that will be owed at a time to come
errand           slow work that a turn leaves behind: download a bill, parse a paper
event            one thing heard from outside; its id makes sure that it is heard once
evidence         how, where, by whom and by which consent a letter was signed, kept beside the signature
flag             something about a request that staff are told to look at on its card, each once
FOC              firm order commitment: the date to which the losing carrier agreed
focus            the request that a chat is talking about
heard            said to us and kept: the effect of an event is committed with the event's id
inventory        our own numbers, and what each does: tracking, receiving, fail-safe, assigned to a user
invitation       a link that lets one person join a company, once
keeper           whoever keeps everything: turns, outbox, due table, errands, files
lane             messages that must arrive one after the other: a chat, a thread
list             numbers sent as a file, a row each, agreed to by count and digest
LOA              Letter of Authorization: what the customer signs; here also "authorization"
losing carrier   the carrier that the number leaves; the gaining carrier receives it
LSR              Local Service Request: the order sent to the losing carrier
manager          a member whose requests wait for an administrator
member           somebody who belongs to a company
notice           what a customer is told because something changed
number           the telephone number that moves; owns phase, date, rejection, version
once             the name of the event that a message is owed for; the same name is owed once
order            numbers of a request that can travel together
outbox           messages owed now
overdue          a move whose day has passed, of which nobody noted what came of it
owed             a message that somebody waits for, kept until the platform took it
paper            a document that proves something: bill, screenshot, CSR
phase            where a number stands on its way, by the ids of `orders.phases`
PIN              transfer PIN (or passcode) by which a carrier lets a number go; a secret
poison           an update that nothing can be made of, kept encrypted for staff
policy           the company's own rules in policy.toml
port-out         a number of ours that leaves for another carrier, which asks us for it and is answered in time
quote            the fee and the risk of stopping a port, which its customer is told and decides on
reference        `P-` and five characters by which people name a request
relay            delivers what is owed
rejection        the losing carrier's refusal, with a code of ours and its own words
reopened         an answer that must be given again; its old value stays until replaced
request          one customer's wish to move numbers: what a reference names
reseller         a company that sells another carrier's numbers; the carrier behind it must let them go
RespOrg          responsible organization of a toll-free number
roll-up          the status of order and request, computed from their numbers' phases
saying           an utterance answered at any moment, whatever question is open; a row of `intake.sayings`
service address  where the service is, by the losing carrier's record; never a PO box
sheet            one request as staff read it
signer           whoever signs the authorization: account holder, contact, or somebody else by a letter
signer's link    by which somebody else signs a letter once, or its customer on a page; bound to what it states
snapback         the quick way back of a number that should never have moved, within 24 hours of the move
stage            one of the five parts of the questions: number, bill, account, after the move, check and sign
stale            of a request that is open, no draft and not snoozed: unchanged for three days
status message   where a chat's request stands, in one message that is edited as things change
title            a request's friendly name, which its customer gave it
token            256 random bits in an address that opens a signer's link; one for each message, kept as a digest
trial            what a customer tries of a number that has moved: calls in and out, voicemail, texts
turn             one event heard, decided and committed, with all that it owes
undo             taking back a staff action before the customer is told
visit            one thing that whoever opened a signer's link does, in a chat or on the page
window           the minutes of the porting date in which the number moves
wish             an act that waits for a second person; of the company: what else it wants to know (`Policy.wishes`)
wording key      the name of a sentence in bot/words; the domain writes no sentences
"""
