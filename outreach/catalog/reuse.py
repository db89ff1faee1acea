"""Which translation each message takes, among all catalogs of a language.

Every decision is made from the catalogs as they were, so that neither the order of guides nor that
of messages matters, and a second update finds nothing left to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from outreach.catalog.carry import (
    Source,
    carried,
    empty,
    filled,
    respelled,
    taken_over,
    with_plural,
)
from outreach.catalog.meaning import is_small
from outreach.catalog.po import Catalog, Entry, is_header
from outreach.markup.same import letters, same
from outreach.model import Message, is_blank


@dataclass(frozen=True, slots=True)
class Wanted:
    """A catalog and the messages that it is to have."""

    catalog: Catalog
    template: tuple[Message, ...]
    begun: bool = False
    """Whether it is begun now, so that what it takes decides how its translations were made."""


@dataclass(frozen=True, slots=True)
class Take:
    """What becomes of one message of a template."""

    message: Message
    own: int = -1
    """The entry of its own catalog that it goes on from, -1 when it is new there."""
    written: Message | None = None
    """How the entry reads; None where it keeps its lines."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that was made from one that vanished, and may take over its translation unmarked."""

    old: Message
    new: Message
    """Without a translation yet."""
    taken: Source | None
    """None where the edit is too large for that, so that the translation becomes fuzzy."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the messages of a language."""

    takes: tuple[tuple[Take, ...], ...]
    """For each catalog, in the order of its template."""
    methods: tuple[str, ...]
    """How the translations of each catalog were made, as its header is to say."""
    edits: tuple[Edit, ...] = ()


def plan(
    wanted: Sequence[Wanted],
    others: Sequence[Catalog] = (),
    same_meaning: Collection[str] = (),
    *,
    markdown: bool = True,
) -> Plan:
    """Return what each message takes: in this order, the first that there is.

    1. the entry of its own catalog with its key, or with a text that is the same for readers;
    2. a translation of the same text in another entry of the language;
    3. if it is new, as fuzzy: such a translation where it is fuzzy itself, or where others
       contradict it, or where a machine drafted it; then that of the closest text.

    `others` are catalogs that are only read. `same_meaning` holds references: a new message with
    one of them takes over the translation of the closest text that vanished, unmarked. Texts that
    are no Markdown share nothing: they take the entry with their key, or that of the closest text.
    """
    drafts = [_Draft(item, markdown=markdown) for item in wanted]
    pool = _Pool()
    if any(draft.open for draft in drafts):
        pool.fill(drafts, others)
    edits = [edit for draft in drafts for edit in draft.take_over(pool, same_meaning)]
    pool.put(edit.taken for edit in edits if edit.taken)
    if markdown:
        # What is filled may settle what to take where two translations contradict each other.
        while found := [source for draft in drafts for source in draft.share(pool)]:
            pool.put(found)
        for draft in drafts:
            draft.suggest(pool)
    pairs = _pairs({text for draft in drafts for text in draft.new()}, pool)
    for draft in drafts:
        draft.guess(pool, pairs)
    return Plan(
        tuple(tuple(draft.takes) for draft in drafts),
        tuple(max(draft.methods) for draft in drafts),
        tuple(edits),
    )


class _Pool:
    """The translations of a language, by their texts."""

    def __init__(self) -> None:
        self.by_letters: dict[str, list[Source]] = {}
        self.by_text: dict[str, list[Source]] = {}

    def fill(self, drafts: Iterable[_Draft], others: Iterable[Catalog]) -> None:
        for draft in drafts:
            self._add(draft.kept(), draft.wanted.catalog, used=True)
            self._add(draft.left_over(), draft.wanted.catalog, used=False)
        for catalog in others:
            self._add(catalog.messages, catalog, used=False)

    def put(self, sources: Iterable[Source]) -> None:
        for source in sources:
            text = source.message.msgid
            self.by_letters.setdefault(letters(text), []).append(source)
            self.by_text.setdefault(text, []).append(source)

    def sure(self, text: str, method: str | None) -> list[Source]:
        """Return the best translations of texts that are the same for readers, to be shown.

        What a machine drafted is none of them for a catalog that does not say that it did, unless
        the method may be any (None).
        """
        return _best((one for one in self._same(text) if one.sure(method)), text)

    def unsure(self, text: str) -> list[Source]:
        """Return the best of all translations of such texts, to be looked over."""
        found = self._same(text)
        return _best([one for one in found if not one.message.fuzzy] or found, text)

    def of(self, text: str, path: str) -> Source:
        """Return the best translation of just this text; one that this catalog has no use for."""
        found = self.by_text[text]
        found = [one for one in found if one.path == path and not one.used] or found
        return _first(_best([one for one in found if not one.message.fuzzy] or found, text))[0]

    def _same(self, text: str) -> list[Source]:
        near = self.by_letters.get(letters(text), ())
        return [source for source in near if same(source.message.msgid, text)]

    def _add(self, messages: Iterable[Message], catalog: Catalog, *, used: bool) -> None:
        known = filter(_has_translation, messages)
        method = catalog.method
        self.put(Source(message, catalog.path, used, method) for message in known)


class _Draft:
    """What is decided for one catalog so far."""

    def __init__(self, wanted: Wanted, *, markdown: bool) -> None:
        self.wanted = wanted
        self.entries = wanted.catalog.entries
        self.method = wanted.catalog.method
        self.methods = {self.method}
        self.keys = {message.key for message in (*self._messages(), *wanted.template)}
        own = _exact(self.entries, wanted.template)
        if markdown:
            own |= _same(self.entries, wanted.template, own)
        self.used = frozenset(own.values())
        self.takes = [self._begun(one, own.get(i, -1)) for i, one in enumerate(wanted.template)]
        self.open = {i for i, take in enumerate(self.takes) if self._lacks(take)}
        """The messages without a translation, by their place in the template."""

    def _messages(self) -> Iterator[Message]:
        return (entry.message for entry in self.entries)

    def kept(self) -> Iterator[Message]:
        """Yield the messages that go on from entries of this catalog."""
        for take in self.takes:
            if take.own >= 0:
                yield take.written or self.entries[take.own].message

    def left_over(self) -> Iterator[Message]:
        """Yield the messages that no guide has any more."""
        for index, entry in enumerate(self.entries):
            if index not in self.used and not is_header(entry.message):
                yield entry.message

    def share(self, pool: _Pool) -> list[Source]:
        """Fill what is translated in another entry; returns what was filled."""
        found: list[Source] = []
        for index in sorted(self.open):
            sources = self._sure(pool, self.takes[index].message.msgid)
            source, clear = _first(sources) if sources else (None, False)
            if source and clear:
                message = filled(self._base(index), source)
                self._write(index, message)
                self.methods.add(source.method)
                if not message.fuzzy:
                    found.append(replace(source, message=message, used=True))
        return found

    def suggest(self, pool: _Pool) -> None:
        """Give new messages a translation of the same text that someone has to look over."""
        for text, index in self.new().items():
            sources = self._sure(pool, text) or pool.unsure(text)
            if sources:
                source = _first(sources)[0]
                self._write(index, filled(self._base(index), source, fuzzy=True))

    def guess(self, pool: _Pool, pairs: Mapping[str, str]) -> None:
        """Give new messages the translation of the text that each was most likely made from."""
        for text, index in self.new().items():
            if text in pairs:
                source = pool.of(pairs[text], self.wanted.catalog.path)
                self._write(index, carried(self._base(index), source))

    def take_over(self, pool: _Pool, same_meaning: Collection[str]) -> list[Edit]:
        """Carry translations over unmarked where someone says that the meaning is the same."""
        if not same_meaning:
            return []
        places = self.new()
        new = [text for text in places if not self._sure(pool, text)]
        meant = {
            text
            for text in new
            if any(r in same_meaning for r in self.takes[places[text]].message.references)
        }
        path = self.wanted.catalog.path
        live = [m for m in self.left_over() if _has_translation(m) and not m.obsolete]
        old = {message.msgid: message for message in sorted(live, key=_order)}
        edits: list[Edit] = []
        for text, before in _closest(new, old).items() if meant else ():
            if text in meant:
                base, source = self._base(places[text]), Source(old[before], path, used=False)
                taken = None
                if is_small(before, text):
                    make = carried if source.message.fuzzy else taken_over
                    taken = self._source(make(base, source))
                    self._write(places[text], taken.message)
                edits.append(Edit(source.message, base, taken))
        return edits

    def new(self) -> dict[str, int]:
        """Return the new texts without a translation, in alphabetical order, and their places."""
        new = {
            self.takes[i].message.msgid: i
            for i in self.open
            if self.takes[i].own < 0 and self.takes[i].message.msgid_plural is None
        }
        return dict(sorted(new.items()))

    def _begun(self, message: Message, own: int) -> Take:
        old = self.entries[own].message if own >= 0 else None
        if old is None:
            return Take(message, written=empty(message, self.wanted.catalog.nplurals))
        if message.msgid_plural not in (None, old.msgid_plural):
            nplurals = self.wanted.catalog.nplurals
            return Take(message, own, with_plural(message, old, nplurals))
        if message.msgid != old.msgid:
            return Take(message, own, respelled(message, old, self.keys))
        return Take(message, own)

    def _base(self, index: int) -> Message:
        """Return the message as it would be without a translation from elsewhere."""
        take = self.takes[index]
        if take.written:
            return take.written
        message = take.message
        return replace(
            self.entries[take.own].message,
            extracted=message.extracted,
            references=message.references,
            obsolete=False,
        )

    def _lacks(self, take: Take) -> bool:
        message = take.written or self.entries[take.own].message
        return not message.msgstr and message.msgid_plural is None

    def _sure(self, pool: _Pool, text: str) -> list[Source]:
        return pool.sure(text, None if self.wanted.begun else self.method)

    def _source(self, message: Message) -> Source:
        return Source(message, self.wanted.catalog.path, used=True, method=self.method)

    def _write(self, index: int, message: Message) -> None:
        self.takes[index] = replace(self.takes[index], written=message)
        self.open.discard(index)


def _pairs(new: Iterable[str], pool: _Pool) -> dict[str, str]:
    """Return the old text that each new one of a language was most likely made from."""
    unused = {s.message.msgid for found in pool.by_text.values() for s in found if not s.used}
    return _closest(new, unused, pool.by_text.keys() - unused)


def _closest(new: Iterable[str], old: Iterable[str], used: Iterable[str] = ()) -> dict[str, str]:
    texts, gone, kept = sorted(new), sorted(old), sorted(used)
    if not texts or not (gone or kept):
        return {}
    # Not needed by an update in which no text is new.
    from outreach.catalog.match import closest  # noqa: PLC0415

    choices = [*gone, *kept]
    return {texts[i]: choices[place] for i, place in closest(texts, gone, kept).items()}


def _exact(entries: Sequence[Entry], wanted: Sequence[Message]) -> dict[int, int]:
    """Return for indexes of wanted messages the entry with the same key.

    A message without context may have an entry of the same msgid with one, for catalogs that were
    begun with other tools, but not one that another message has by its key.
    """
    by_key = {entry.message.key: index for index, entry in enumerate(entries)}
    found = {i: by_key[message.key] for i, message in enumerate(wanted) if message.key in by_key}
    used = set(found.values())
    in_context: dict[str, int] = {}
    for index in sorted(range(len(entries)), key=lambda index: entries[index].message.obsolete):
        if index not in used and entries[index].message.msgctxt is not None:
            in_context.setdefault(entries[index].message.msgid, index)
    for i, message in enumerate(wanted):
        if i not in found and message.msgctxt is None and message.msgid in in_context:
            found[i] = in_context.pop(message.msgid)
    return found


def _same(
    entries: Sequence[Entry], wanted: Sequence[Message], exact: Mapping[int, int]
) -> dict[int, int]:
    """Return for indexes of other wanted messages an entry whose text is the same for readers."""
    new = [i for i, m in enumerate(wanted) if i not in exact and m.msgid_plural is None]
    free: dict[str, list[int]] = {}
    used = set(exact.values())
    for index in sorted(range(len(entries)) if new else (), key=lambda i: _worth(entries[i])):
        message = entries[index].message
        if index not in used and message.msgid and message.msgid_plural is None:
            free.setdefault(letters(message.msgid), []).append(index)
    found: dict[int, int] = {}
    for i in sorted(new, key=lambda index: _order(wanted[index])):
        near = free.get(letters(wanted[i].msgid), [])
        at = next((n for n in near if same(entries[n].message.msgid, wanted[i].msgid)), -1)
        if at >= 0:
            near.remove(at)
            found[i] = at
    return found


def _worth(entry: Entry) -> tuple[bool, ...]:
    """Return what puts the best entry first: with a translation, live, not fuzzy."""
    message = entry.message
    return (not message.msgstr, message.obsolete, message.fuzzy, message.msgctxt is not None)


def _order(message: Message) -> tuple[str, str]:
    return (message.msgid, message.msgctxt or "")


def _has_translation(message: Message) -> bool:
    return bool(message.msgid) and message.msgid_plural is None and not is_blank(message.msgstr)


def _best(sources: Iterable[Source], text: str) -> list[Source]:
    """Return the sources of the best sort: in use, without context, of this very text."""

    def rank(source: Source) -> tuple[bool, ...]:
        message = source.message
        return (not source.used, message.msgctxt is not None, message.msgid != text)

    found = list(sources)
    best = min(map(rank, found), default=())
    return [source for source in found if rank(source) == best]


def _first(sources: Sequence[Source]) -> tuple[Source, bool]:
    """Return one with the most frequent translation, and whether no other is as frequent."""
    votes = Counter(source.message.msgstr for source in sources)
    most = max(votes.values())
    first = min(
        (source for source in sources if votes[source.message.msgstr] == most),
        key=lambda source: (source.path, source.message.msgid, source.message.msgstr),
    )
    return first, list(votes.values()).count(most) == 1
