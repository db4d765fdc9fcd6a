"""Random edits of lexicons and of articles, for properties that hold whatever is edited. An edit is its operation and a seed; the same edit is the same change."""

import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from hypothesis import strategies as st

from jianbao.folding import fold

Row = dict[str, Any]
_REGIONS = ("regions_china", "regions_taiwan", "regions_zones", "regions_macro", "regions_world", "regions_cities")
_BODIES = ("organisations_government", "organisations_mainland", "organisations_abroad", "organisations_knowledge")
_WORDS = ("organisation_heads", "agreement_heads", "place_words", "date_words", "roles", "organisation_context", "conventions", "zone_heads")
_CODES = ("220100", "110105", "330600", "659001", "zone:试验区", "tw:试验市")


@dataclass(frozen=True)
class Edit:
    """One change of a folder of lexicons or of a folder of articles."""

    operation: str
    seed: int

    def apply(self, lexicons: Path, articles: Path) -> None:
        """Makes the change."""
        OPERATIONS[self.operation](Random(self.seed), lexicons, articles)


def trimmed_lexicons(source: Path, target: Path, texts: str) -> Path:
    """The lexicons with those names only that `texts` hold, and what names lie in: quick to load."""
    shutil.copytree(source, target)
    folded = fold(texts)
    named: dict[Path, list[Row]] = {}
    parents: dict[str, str] = {}
    for path in sorted(target.glob("*.csv")):
        found = _read(path)
        parents |= {row["code"]: row["parent"] for row in found if row.get("parent")}
        wanted = [row for row in found if row.get("level") in ("province", "macro") or any(len(s) > 1 and s in folded for s in _surfaces(row))]
        named[path] = [row for row in found if row in wanted[:400]] + found[:3]
    held = {"CN"}
    for code in [row["code"] for rows in named.values() for row in rows if "code" in row]:
        while code and code not in held:
            held.add(code)
            code = parents.get(code, "")
    for path, rows in named.items():
        rows += [row for row in _read(path) if row.get("code") in held]
        _write(path, list({tuple(row.values()): row for row in rows}.values()))
    return target


def _surfaces(row: Row) -> list[str]:
    return [
        fold(s)
        for s in (row["hans"], *(row.get("variants") or "").split("|"), *(row.get("guarded") or "").split("|"), *row.get("towns", "").split("|"))
    ]


def _read(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def _write(path: Path, rows: list[Row]) -> None:
    rows.sort(key=lambda row: row["code" if "code" in row else "id"])
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(file.getvalue(), encoding="utf-8")


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # it is the safe loader, in C


def _dump(path: Path, data: Any) -> None:
    path.write_text(yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _some_words(draw: Random, articles: Path) -> str:
    """A few characters of an article: a surface that stands somewhere."""
    texts = [path.read_text(encoding="utf-8", errors="ignore") for path in sorted(articles.glob("*.txt"))]
    for _ in range(200):
        text = draw.choice(texts)
        at = draw.randrange(max(1, len(text) - 6))
        words = text[at : at + draw.choice([2, 3, 4, 6])]
        if len(words) > 1 and all("\u4e00" <= c <= "\u9fff" for c in words):
            return fold(words)
    return "试验"


def _change(names: tuple[str, ...], change: Callable[[Random, Row, list[Row], str], None]) -> Callable[[Random, Path, Path], None]:
    """An operation on a row of one of some gazetteers: one that the articles name, as a rule."""

    def apply(draw: Random, lexicons: Path, articles: Path) -> None:
        path = lexicons / f"{draw.choice(names)}.csv"
        rows = _read(path)
        texts = fold("".join(p.read_text(encoding="utf-8", errors="ignore") for p in sorted(articles.glob("*.txt"))))
        named = [row for row in rows if any(s and s in texts for s in _surfaces(row))]
        change(draw, draw.choice(named or rows), rows, _some_words(draw, articles))
        _write(path, rows)

    return apply


def _add(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    new = row | {"hans": words, "hant": words, "variants": "", "guarded": ""}
    key = "code" if "code" in row else "id"
    new[key] = f"{row[key].partition(':')[0]}:{words}" if ":" in row[key] else row[key] + "x" if key == "id" else "659009"
    rows.append(new)


def _rename(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row |= {"hans": words, "hant": words, "variants": "|".join(v for v in row["variants"].split("|") if fold(v) != words)}


def _recode(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    if "code" in row:
        row["code"] = draw.choice([code for code in _CODES if all(code != other["code"] for other in rows)])
    else:
        row["region"] = draw.choice(rows)["region"]


def _parent(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row["parent"] = draw.choice([other["code"] for other in rows if other is not row])


def _variant(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    known = [v for v in row["variants"].split("|") if v]
    if known and draw.random() < 0.5:
        known.remove(draw.choice(known))
    elif words not in _surfaces(row):
        known.append(words)
    row["variants"] = "|".join(known)


def _guard(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row["guarded"] = "" if row["guarded"] else words if words not in _surfaces(row) else ""


def _type(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row["type"] = draw.choice(["company", "government", "finance", "media", "other"])


def _level(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row["level"] = draw.choice(["province", "prefecture", "county", "zone"])


def _english(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    row["en"] = f"Name {draw.randrange(9)}"


def _remove(draw: Random, row: Row, rows: list[Row], words: str) -> None:
    rows.remove(row)


def _town(draw: Random, lexicons: Path, articles: Path) -> None:
    path = lexicons / "towns_china.csv"
    rows = _read(path)
    row = draw.choice(rows)
    row["towns"] += "|" + _some_words(draw, articles) + "镇"
    _write(path, rows)


def _rule_word(draw: Random, lexicons: Path, articles: Path) -> None:
    """Adds or takes away a variant of a rule word, or the word."""
    path = lexicons / f"{draw.choice(_WORDS)}.yaml"
    data = _load(path)
    entries = data["entries"]
    entry = draw.choice(entries)
    taken = {fold(s) for e in entries for s in (e["hans"], *(e.get("variants") or ()))}
    words = _some_words(draw, articles)
    if draw.random() < 0.4 and words not in taken:
        entry["variants"] = [*(entry.get("variants") or ()), words]
    elif entry.get("variants"):
        entry["variants"].remove(draw.choice(entry["variants"]))
    _dump(path, data)


def _stop_phrase(draw: Random, lexicons: Path, articles: Path) -> None:
    path = lexicons / "place_stops.yaml"
    data = _load(path)
    phrase = _some_words(draw, articles)
    data["entries"].append({"id": "~~~", "hans": phrase, "hant": phrase, "refuses": [phrase[:2]], "source": "test", "examples": []})
    if all(fold(entry["hans"]) != phrase for entry in data["entries"][:-1]) and all(entry["id"] != "~~~" for entry in data["entries"][:-1]):
        _dump(path, data)


def _fold_pair(draw: Random, lexicons: Path, articles: Path) -> None:
    path = lexicons / "fold.yaml"
    pair = draw.choice(["㐀: 丘", "𠮷: 吉", "㐂: 喜"])
    written = path.read_text(encoding="utf-8")
    if pair[0] not in written:
        path.write_text(written.replace("characters:\n", f"characters:\n  {pair}\n", 1), encoding="utf-8")


def _merge(draw: Random, lexicons: Path, articles: Path) -> None:
    """An editor's word on two names."""
    path = lexicons / "merges.yaml"
    one, other = _some_words(draw, articles), _some_words(draw, articles)
    entry = {"id": f"x{draw.randrange(99)}", "kind": "organisation", "hans": one, "hant": one, "same": [other], "source": "test"}
    if one != other:
        _dump(path, {"label": "merge", "entries": [entry]})


def _article(change: Callable[[Random, Path, list[Path]], None]) -> Callable[[Random, Path, Path], None]:
    def apply(draw: Random, lexicons: Path, articles: Path) -> None:
        paths = sorted(path for path in articles.iterdir() if path.suffix == ".txt")
        change(draw, draw.choice(paths), paths)

    return apply


def _edit_article(draw: Random, path: Path, paths: list[Path]) -> None:
    lines = path.read_text(encoding="utf-8", errors="ignore").split("\n")
    del lines[draw.randrange(len(lines))]
    path.write_text("\n".join(lines), encoding="utf-8")


def _delete_article(draw: Random, path: Path, paths: list[Path]) -> None:
    if len(paths) > 3:
        path.unlink()


def _copy_article(draw: Random, path: Path, paths: list[Path]) -> None:
    """The same story once more under another name, with another day."""
    day = draw.choice(["2018-01-02", "2025-03-04"])
    path.with_name(f"{day}_{draw.randrange(99)}.txt").write_bytes(path.read_bytes())


def _rename_article(draw: Random, path: Path, paths: list[Path]) -> None:
    path.rename(path.with_name(f"x{draw.randrange(99)}_{path.name}"))


def _break_article(draw: Random, path: Path, paths: list[Path]) -> None:
    path.with_name(f"broken{draw.randrange(9)}.txt").write_bytes(b"" if draw.random() < 0.5 else b"\x89PNG\r\n\x1a\n\x00\x00")


def _edit_records(draw: Random, lexicons: Path, articles: Path) -> None:
    """Takes a record out of the JSONL file, or puts one in."""
    path = articles / "wire.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if draw.random() < 0.5 and len(lines) > 2:
        del lines[draw.randrange(len(lines))]
    else:
        lines.insert(
            draw.randrange(len(lines) + 1), f'{{"id": "n{draw.randrange(999)}", "text": "{_some_words(draw, articles)}公司2018年投资3000万元。"}}\n'
        )
    path.write_text("".join(lines), encoding="utf-8")


OPERATIONS: dict[str, Callable[[Random, Path, Path], None]] = {
    "add": _change((*_REGIONS, *_BODIES), _add),
    "remove": _change((*_REGIONS, *_BODIES), _remove),
    "rename": _change((*_REGIONS, *_BODIES), _rename),
    "recode": _change((*_REGIONS, *_BODIES), _recode),
    "parent": _change(_REGIONS, _parent),
    "variant": _change((*_REGIONS, *_BODIES), _variant),
    "guard": _change((*_REGIONS, *_BODIES), _guard),
    "type": _change(_BODIES, _type),
    "level": _change(_REGIONS, _level),
    "english": _change((*_REGIONS, *_BODIES), _english),
    "town": _town,
    "rule_word": _rule_word,
    "stop_phrase": _stop_phrase,
    "fold_pair": _fold_pair,
    "merge": _merge,
    "edit_article": _article(_edit_article),
    "delete_article": _article(_delete_article),
    "copy_article": _article(_copy_article),
    "rename_article": _article(_rename_article),
    "break_article": _article(_break_article),
    "edit_records": _edit_records,
}
"""Everything that may change between two runs."""

EDITS: st.SearchStrategy[Edit] = st.builds(Edit, st.sampled_from(sorted(OPERATIONS)), st.integers(0, 9999))
