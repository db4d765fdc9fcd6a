"""What an editor changed between two folders of lexicons, entry by entry."""

from dataclasses import dataclass
from pathlib import Path

from jianbao.lexicon import Entry, Lexicon, lexicon_names, load_lexicon
from jianbao.resources import lexicons_from


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry of a lexicon before and after: `org:甲公司` with another `type`.

    Attributes:
        lexicon: The file's stem.
        old: None where the entry was added.
        new: None where it was removed.
        fields: The fields that differ, where it stands in both.
    """

    lexicon: str
    label: str
    id: str
    old: Entry | None
    new: Entry | None
    fields: tuple[str, ...]


def entry_changes(old: Path, new: Path) -> list[EntryChange]:
    """The entries that differ between two folders of lexicons, by lexicon and id.

    Raises:
        LexiconError: a lexicon that differs does not load.
        FoldError: a folder's fold table is missing or broken.
    """
    before, after = _lexicons(old, new), _lexicons(new, old)
    changes: list[EntryChange] = []
    for name in sorted(before.keys() | after.keys()):
        olds = before[name].by_id if name in before else {}
        news = after[name].by_id if name in after else {}
        label = (after.get(name) or before[name]).label
        for identity in sorted(olds.keys() | news.keys()):
            one, other = olds.get(identity), news.get(identity)
            if one != other:
                fields = tuple(f for f in type(other).model_fields if getattr(one, f, None) != getattr(other, f)) if one and other else ()
                changes.append(EntryChange(name, label, identity, one, other, fields))
    return changes


def _lexicons(folder: Path, other: Path) -> dict[str, Lexicon]:
    """The lexicons of a folder whose files are not the same bytes in the other."""
    with lexicons_from(folder):
        return {name: load_lexicon(name) for name in lexicon_names() if _bytes(folder, name) != _bytes(other, name)}


def _bytes(folder: Path, name: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob(f"{name}.*"))]
