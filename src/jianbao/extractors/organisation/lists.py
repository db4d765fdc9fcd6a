"""Lists: names told by their neighbours, in 甲、乙、丙等企业 or between two companies."""

import re
from operator import attrgetter

from jianbao.extractors.organisation.tokens import brand_run
from jianbao.extractors.organisation.view import Candidate, View
from jianbao.extractors.organisation.walk import Walk
from jianbao.extractors.organisation.words import CONJUNCTIONS, HAN, Words, any_of
from jianbao.numerals import read_number
from jianbao.records import OrganisationType

# A list closed by its class: 等企业, 等7家轻纺企业, 等一批“隐形冠军”企业. The class is looked up in what follows 等.
_LIST_END = re.compile(r"等(?![等级于候待])(?=[^,。;:!?\n]{2})")
_CLOSED_PERSON = re.compile(r"(?:家|者|主|化|的?人|员|名单|股价|管理)")
# What a list's class may stand in: 等|7家轻纺企业.
_CLASS_WINDOW = re.compile(r"[^,。;:、!?\n()]{2,16}")
# 等|五家。: counted with 家 and no class after it, they are companies. Not 等三家人, 等五家医院.
_HOUSES = re.compile(r"[0-9一二三四五六七八九十两]{1,4}多?家(?=[,。;:、)\n]|\Z)")
# 通过3家中小企业扩大投资31亿元,|包括: the class and the number of the members stand before the list.
_OPENS_LIST = re.compile(r"(?:包括|包含|涵盖|分别[为是])[了有]?:?")
_COUNTS_LIST = re.compile(
    r"(?P<number>\d{1,2}|[两二三四五六七八九十]{1,2})[家所间](?P<what>[^,。;:、!?\n()]{2,12}?)(?:[^。;:、!?\n()]{0,24}?[,(])?(?:其中)?\Z"
)
_REACH_COUNT = 44
_LIST_STOPS = re.compile(r"[,。;:!?()\n]|等(?![级候待])")
_LAST_MARK = re.compile(r"以及|[和与及暨]")
_ENDS_CLASS = re.compile(r"[的在为是将与和对]")
_PARTS_MEMBERS = re.compile(r"[、,。;:!?\n“《 \u3000和与及]")
_LONGEST_MEMBER = 16
_MOST_MEMBERS = 15
_NO_MEMBER = re.compile(r"[,。;:!?()%<>\n\d]{2}|[\d.]+[%万亿年月日]")
# Three members and the marks between them: where no 、 stands in so many characters before 等, there are no three.
_THREE_MEMBERS = 3 * (_LONGEST_MEMBER + 3)
_FIRM = "企业"
_NEVER_BETWEEN = frozenset(("edge", "stop", "mark", "soft", "level", "starter"))

_end = attrgetter("end")


class Lists:
    """Takes the members of a list for names where the class that closes it, or the members beside them, say that they are."""

    def __init__(self, words: Words, walk: Walk) -> None:
        self._words = words
        self._walk = walk
        self._brand = words.brand
        self._surnames = words.surnames
        self._heads = words.heads
        self._classes: dict[str, OrganisationType] = {
            s: sense.removeprefix("class_")  # type: ignore[misc]
            for s, sense in words.senses.items()
            if sense.startswith("class_")
        }
        self._class = re.compile(any_of(self._classes))

    def find_closed(self, view: View) -> None:
        """甲、乙、丙等企业: each member is a name where enough of them look like one."""
        folded = view.folded
        for match in _LIST_END.finditer(folded):
            end = match.start()
            closing = self._list_class(folded, match.end())
            if closing is None and folded.rfind("、", max(0, end - _THREE_MEMBERS), end) < 0:
                continue
            members = self._members(view, end, least=3 if closing is None else 1)
            if closing is None and len(members) >= 3:
                closing = self._common_type(view, members)
            if closing is not None:
                self._judge_list(view, members, closing)

    def find_opened(self, view: View) -> None:
        """通过3家企业…,包括甲、乙及丙: as many members as are told are names if one looks like one; of others enough must."""
        folded = view.folded
        for opening in _OPENS_LIST.finditer(folded):
            match = _COUNTS_LIST.search(folded[max(0, opening.start() - _REACH_COUNT) : opening.start()])
            found = self._class.search(match[0], match.start("what") - match.start()) if match else None
            if match is None or found is None or _CLOSED_PERSON.match(match[0], found.end()):
                continue
            members = self._members_after(view, opening.end())
            if len(members) > 1:
                self._judge_list(view, members, self._classes[found[0]], counted=read_number(match["number"]) == len(members))

    def find_between(self, view: View) -> None:
        """公牛集团、金源照明、浩洋股份: a name of no dictionary between two companies of a list."""
        folded = view.folded
        starts = {body.start: body for body in sorted(view.found, key=_end)}  # the longest of each start
        for body in [body for body in starts.values() if body.type == "company"]:
            if not folded.startswith("、", body.end):
                continue
            start = body.end + 1
            end = folded.find("、", start + 2, start + 7)
            following = starts.get(end + 1) if end > 0 else None
            if following is None or following.type != "company" or start in starts or end in view.ends:
                continue
            if not (view.boundaries[start] and view.boundaries[end]):
                continue
            name = folded[start:end]
            kinds = self._walk.kinds_between(view, start, end)
            branded = bool(kinds & {"char", "brand", "hidden"}) or all(character in self._brand for character in name[:2])
            made_up = branded and len(kinds) > 1 and kinds.isdisjoint(_NEVER_BETWEEN) and all(map(HAN.match, name))
            if made_up:
                view.add(Candidate(start, end, "finance" if self._words.is_finance(name) else "company", "organisation.list", ("class_company",)))

    def _common_type(self, view: View, members: list[tuple[int, int]]) -> OrganisationType | None:
        """The type of a list without a class word (甲、乙、丙等|合作): that of most of its members, if most are known."""
        types = [view.bodies[end].type for start, end in members if end in view.bodies and view.bodies[end].start == start]
        common = max(types, key=types.count, default=None)
        return common if common is not None and common != "government" and types.count(common) * 3 >= len(members) * 2 else None

    def _list_class(self, folded: str, position: int) -> OrganisationType | None:
        """The class of a list whose 等 ends at `position`: 等7家轻纺|企业 is a list of companies."""
        window = _CLASS_WINDOW.match(folded, position)
        if window is None:
            return None
        for found in self._class.finditer(folded, position, window.end()):
            if _CLOSED_PERSON.match(folded, found.end()):
                continue
            if _ENDS_CLASS.search(folded, position, found.start()):
                break
            return self._classes[found[0]]
        return "company" if _HOUSES.match(folded, position) else None

    def _members(self, view: View, position: int, *, least: int) -> list[tuple[int, int]]:
        """The spans of a list that ends at `position`, right to left; the last given is the list's first member, if there are `least` with it."""
        folded = view.folded
        members: list[tuple[int, int]] = []
        end = position
        while len(members) < _MOST_MEMBERS:
            if end and folded[end - 1] in "”》":
                end -= 1
            start = self._member_start(view, end)
            if end - start < 2:
                break
            quoted = start > 0 and folded[start - 1] in "“《"
            separator = folded[start - 1 - quoted] if start > quoted else "\n"
            if separator == "、" or (separator in CONJUNCTIONS and not members):
                members.append((start, end))
                end = start - 1 - quoted
                continue
            if quoted or separator in CONJUNCTIONS:
                members.append((start, end))  # 和|甲、乙: the list begins after 和
            elif len(members) + 1 >= least:
                tokens = self._walk.tokens(view, end, None)
                if tokens:
                    members.append((tokens[0].start, end))
            break
        return members

    def _members_after(self, view: View, position: int) -> list[tuple[int, int]]:
        """The spans of a list that begins at `position`, left to right."""
        folded = view.folded
        furthest = min(len(folded), position + _MOST_MEMBERS * (_LONGEST_MEMBER + 1))
        stop = _LIST_STOPS.search(folded, position, furthest)
        end = stop.start() if stop else furthest
        members: list[tuple[int, int]] = []
        while len(members) < _MOST_MEMBERS and (mark := folded.find("、", position, end)) >= 0:
            members.append((position, mark))
            position = mark + 1
        marks = _LAST_MARK.finditer(folded, position, end)
        last = next((m for m in marks if self._separates(view, m.start()) or (m[0] == "以及" and view.boundaries[m.end()])), None)
        return [*members, (position, end)] if last is None else [*members, (position, last.start()), (last.end(), end)]

    def _member_start(self, view: View, end: int) -> int:
        """Where the member of a list that ends at `end` begins: after a mark, or after a 和 that is in no name."""
        floor = max(0, end - _LONGEST_MEMBER)
        backwards = view.folded[floor:end][::-1]
        for mark in _PARTS_MEMBERS.finditer(backwards):
            start = end - mark.start()
            if mark[0] not in CONJUNCTIONS or self._separates(view, start - 1):
                return start
        return floor

    def _separates(self, view: View, position: int) -> bool:
        """Whether the 和 at `position` stands between two names and not in one (天和药业)."""
        folded = view.folded
        if not (view.boundaries[position] and view.boundaries[position + 1]) or not position:
            return False
        return bool(HAN.match(folded, position - 1)) and not self._walk.makes_brand(view, position)

    def _judge_list(self, view: View, members: list[tuple[int, int]], class_type: OrganisationType, *, counted: bool = False) -> None:
        """Takes members for names.

        Args:
            class_type: What the list's class is.
            counted: Whether there are as many as the text says: then each is one.
        """
        folded = view.folded
        judged = [(start, end, self._likeness(view, start, end)) for start, end in members]
        sure = sum(1 for _, _, likeness in judged if likeness == 2)
        if not sure or (sure * 2 < len([j for j in judged if j[2] >= 0]) and not counted):
            return
        for start, end, likeness in judged:
            known = view.bodies.get(end)
            if known is not None and known.start <= start:
                continue
            if likeness < 0 or (likeness == 0 and sure < 2 and not counted):
                continue
            while folded[start] in "“《\"'":
                start += 1
            if end - start < 2:
                continue
            guarded = view.guarded.get(end)
            if guarded is not None and guarded.start == start:
                view.add(guarded)
                continue
            if known is not None and start < known.start and likeness < 2:
                continue
            region = None
            for place_start, entry in view.place_ends.get(end, ()):
                if place_start == start:
                    region = entry.code
            view.add(Candidate(start, end, class_type, "organisation.list", (f"class_{class_type}",), None, region))

    def _likeness(self, view: View, start: int, end: int) -> int:
        """2: has a brand or is a known body; 1: a name of words; 0: common words; -1: cannot be a name."""
        folded = view.folded
        known = view.bodies.get(end) or view.guarded.get(end)
        if known is not None and known.start == start:
            return 2
        if end - start > 14 or end - start < 2 or _NO_MEMBER.search(folded, start, end):
            return -1
        places = view.place_ends.get(end)
        if places is not None and places[0][0] <= start:
            return 1 if places[0][1].level == "zone" else -1
        # 秀强企业: the class as the last word of a name.
        named = end - len(_FIRM) if end - start > len(_FIRM) + 1 and folded.endswith(_FIRM, start, end) else end
        tokens = self._walk.tokens(view, named, None)
        inside = [t for t in tokens if t.start >= start]
        if named < end and not brand_run(inside):
            return -1
        if not inside or inside[0].start > start:
            word_end = inside[0].start if inside else end
            gap = folded[start:word_end]
            if not inside or any(c in "的了在对从由把被是" for c in gap) or len(gap) > 4:
                return -1
            if self._words.kind(folded[view.word_before(word_end) : word_end]) == "edge":
                return -1
            return 0
        if known is not None and known.start >= start:
            return 2
        kinds = [t.kind for t in inside]
        if len(inside) == 1 and kinds[0] in ("brand", "latin"):
            word = folded[start:end]
            return 2 if kinds[0] == "latin" or self._words.pos(word) in ("nz", "nrt", "nt") else 0
        if brand_run([t for t in inside if t.kind != "brand"]):
            text = "".join(folded[t.start : t.end] for t in inside if t.kind == "char")
            if len(inside) == end - start and 2 <= end - start <= 3 and folded[start] in self._surnames and not all(c in self._brand for c in text):
                return 0
            return 2
        if kinds[0] == "place" and len(inside) > 1 and kinds[-1] in ("trade", "noun", "brand"):
            return 2 if folded[inside[-1].start : end] in self._heads else 1
        if "brand" in kinds:
            return 2 if folded[inside[-1].start : end] in self._heads else 1
        return 1 if kinds[0] == "noun" and len(inside) > 1 and folded[inside[-1].start : end] in self._heads else 0
