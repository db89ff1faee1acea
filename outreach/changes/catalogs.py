"""What changed between two versions of a catalog, message by message. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from outreach.catalog.po import Catalog
from outreach.changes.guides import pair
from outreach.changes.records import Change, Kind, Rest, Text
from outreach.changes.words import hardly_changed, same_wording
from outreach.model import Language, Location, Message, first_words, is_blank

Key = tuple[str | None, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the texts of a catalog beyond the catalog itself."""

    language: Language
    path: str
    texts: AbstractSet[str] = frozenset()
    """What the guides of the catalog hold now."""
    former: Mapping[str, str] = field(default_factory=dict)
    """For edited texts of guides: what they were before."""
    guides: Callable[[str], tuple[str, ...]] = lambda _: ()
    """Names the guides that hold a text, before or now."""


def compare_catalogs(
    old: Catalog | None, new: Catalog | None, context: Context
) -> Iterator[Change]:
    """What changed in a catalog, in its order; then translations that are gone, in the old order.

    Messages are the same when their context and msgid are. A message with a new msgid is compared
    with the one it was made from, if that is gone. One that left the catalog together with its text
    in the guide is no change of the translation, but of the guide.
    """
    before, now = _live(old), _live(new)
    dropped = {message.key: message for message in _obsolete(old)}
    gone = [key for key in before if key not in now]
    pairs = _pairs([key for key in now if key not in before], gone, now, context)
    for key, message in now.items():
        former, old_one = before.get(key) or before.get(pairs.get(key, key)), dropped.get(key)
        if former is None and old_one and old_one.fuzzy:
            former = old_one  # it returns, and its mark may have vanished on the way
        yield from _change(former, message, old_one, context)
    used = set(pairs.values())
    for key in gone:
        message = before[key]
        if key not in used and key[1] in context.texts and _has_text(message):
            change = _with("removed", Location(context.path), _text(message), None, context)
            note = "the text is still to be translated"
            yield replace(change, msgctxt=message.msgctxt, note=note)


def rest_of(old: Catalog | None, new: Catalog | None, path: str) -> Rest:
    """What else changed in a catalog."""
    before, now = _live(old), _live(new)
    comments = sum(
        _bare(before[key]) != _bare(now[key]) and _text(before[key]) == _text(now[key])
        for key in before.keys() & now.keys()
    )
    was, are = ({m.key: _bare(m) for m in _obsolete(catalog)} for catalog in (old, new))
    obsolete = sum(was.get(key) != are.get(key) for key in was.keys() | are.keys())
    return Rest(path, comments, obsolete, tuple(_header(old, new)) if old and new else ())


def previous_texts(catalog: Catalog | None) -> dict[str, str]:
    """The former text of each message that has one on record."""
    return {
        message.msgid: message.previous_msgid
        for message in _live(catalog).values()
        if message.previous_msgid is not None
    }


def _pairs(
    added: list[Key], gone: list[Key], now: Mapping[Key, Message], context: Context
) -> dict[Key, Key]:
    """For new messages the vanished one each was made from, with the same context."""
    new: dict[str | None, list[str]] = {}
    old: dict[str | None, list[str]] = {}
    for msgctxt, msgid in added:
        new.setdefault(msgctxt, []).append(msgid)
    for msgctxt, msgid in gone:
        if msgid not in context.texts:
            old.setdefault(msgctxt, []).append(msgid)
    found: dict[Key, Key] = {}
    for msgctxt in new.keys() & old.keys():
        recorded = {text: now[msgctxt, text].previous_msgid for text in new[msgctxt]}
        previous = {text: recorded[text] or context.former.get(text, "") for text in recorded}
        made = pair(new[msgctxt], old[msgctxt], previous)
        found |= {(msgctxt, a): (msgctxt, b) for a, b in made.items()}
    return found


def _change(
    former: Message | None, message: Message, dropped: Message | None, context: Context
) -> Iterator[Change]:
    kind = _kind(former, message)
    if kind:
        before = _made_for(former) if former and _has_text(former) else None
        place = Location(context.path, message.line)
        change = _with(kind, place, before, _text(message), context)
        hardly = former is not None and _is_suspect(change, former)
        change = replace(change, msgctxt=message.msgctxt, hardly=hardly)
        yield replace(change, note=_note(change, former, message, dropped))


def _with(
    kind: Kind, place: Location, before: Text | None, now: Text | None, context: Context
) -> Change:
    texts = (text.msgid for text in (now, before) if text)
    guides = dict.fromkeys(name for text in texts for name in context.guides(text))
    return Change(kind, context.language, place, tuple(guides), before, now)


def _kind(former: Message | None, message: Message) -> Kind | None:
    had = former is not None and _has_text(former)
    if not _has_text(message) or former is None or not had:
        return ("removed" if had else None) if not _has_text(message) else "new"
    if former.fuzzy != message.fuzzy:
        return "made-fuzzy" if message.fuzzy else "fuzzy-removed"
    if _text(former).msgstr != _text(message).msgstr:
        return "changed"
    return "edited" if former.msgid != message.msgid else None


def _is_suspect(change: Change, former: Message) -> bool:
    """Whether the translation stands for another text than before and is nearly the same."""
    before, now = change.before, change.now
    if before is None or now is None or now.fuzzy or change.kind in ("new", "removed"):
        return False
    unknown = before.fuzzy and former.previous_msgid is None
    source = None if unknown else (before.msgid, now.msgid)
    return hardly_changed(before.msgstr, now.msgstr, source)


def _note(change: Change, former: Message | None, message: Message, dropped: Message | None) -> str:
    before, now = change.before, change.now
    if change.kind == "new":
        if dropped and _text(dropped).msgstr == _text(message).msgstr:
            return "is back from the obsolete messages"
        made_for = message.previous_msgid if message.fuzzy else None
        return f"was suggested because it translates “{first_words(made_for)}”" if made_for else ""
    if change.hardly and former and former.fuzzy and former.previous_msgid is None:
        return "the catalog did not say which text the fuzzy translation was made for"
    if before and now and before.msgid != now.msgid and same_wording(before.msgid, now.msgid):
        return "of the source text only white space, quotes or marks changed"
    return ""


def _text(message: Message) -> Text:
    msgstr = "\n".join(message.msgstr_plural) or message.msgstr
    return Text(message.msgid, msgstr, message.fuzzy)


def _made_for(message: Message) -> Text:
    """The same with the text that a fuzzy translation was made for, where that is on record."""
    text = _text(message)
    previous = message.previous_msgid
    return replace(text, msgid=previous) if message.fuzzy and previous is not None else text


def _has_text(message: Message) -> bool:
    return not is_blank(_text(message).msgstr)


def _live(catalog: Catalog | None) -> dict[Key, Message]:
    messages = catalog.messages if catalog else ()
    return {message.key: message for message in messages if not message.obsolete}


def _obsolete(catalog: Catalog | None) -> list[Message]:
    return [message for message in (catalog.messages if catalog else ()) if message.obsolete]


def _bare(message: Message) -> Message:
    """A message without its place."""
    return replace(message, line=0)


def _header(old: Catalog, new: Catalog) -> Iterator[tuple[str, str, str]]:
    was, now = dict(old.header), dict(new.header)
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield name, was.get(name, ""), now.get(name, "")
