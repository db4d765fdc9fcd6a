"""Articles whose plain sentences any version of the rules understands, and what tests need to run jianbao over them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HANS = "2018年3月7日，吉林省人民政府与浙江省人民政府在长春签署《战略合作框架协议》，总投资3000万元。\n双方将在2019年4月建成年产4万吨的项目。\n"
HANT = "2018年3月9日，臺北市政府與上海市人民政府在臺北簽署《合作備忘錄》，總投資新臺幣1.25億元。\n兩市將於2019年5月共同出口大米2萬噸。\n"

ARTICLES: dict[str, bytes] = {
    "2018/hans.txt": HANS.encode(),
    "2018/hant.txt": HANT.encode(),
    "bom.txt": b"\xef\xbb\xbf" + HANS.encode(),
    "crlf.txt": HANS.replace("\n", "\r\n").encode(),
    "wide.txt": HANS.translate({c: c + 0xFEE0 for c in map(ord, "0123456789")}).encode(),
    "astral.txt": f"😀𠮷野家。\u200b{HANS}\x0b\x85\u2028{HANT}".encode(),
    "spaced.txt": "吉 林 省 政 府 公 告\n\n    2018 年 3 月 7 日，双方签署《合作协议》。\n".encode(),
    "blank lines.txt": ("\n\n" + HANT + "\n\n\n").encode(),
    "no_mention.txt": "天气很好。".encode(),
    "wire.jsonl": "".join(
        json.dumps(row, ensure_ascii=False) + "\n"
        for row in (
            {"id": "a", "title": "兩地簽約", "date": "2018-03-10", "outlet": "聯合報", "text": HANT},
            {"id": "b", "date": "2018/3/8", "text": HANS},
            {"text": HANS + HANT, "url": "https://example.org/1"},
        )
    ).encode(),
}
"""Files by name: both scripts, every kind of line end, print variants, characters that break naive code."""

SMALL_PIPELINE = """\
[nlp]
lang = "zh"
pipeline = ["lexicons","dates","figures","overlaps","resolved_dates","resolved_figures"{more_names}]

[nlp.tokenizer]
@tokenizers = "jianbao.press_tokenizer.v1"

[components]

[components.lexicons]
factory = "jianbao_lexicons"
lexicons = ["regions_macro"]

[components.dates]
factory = "jianbao_dates"

[components.figures]
factory = "jianbao_figures"

[components.overlaps]
factory = "jianbao_overlaps"

[components.resolved_dates]
factory = "jianbao_resolved_dates"

[components.resolved_figures]
factory = "jianbao_resolved_figures"
{more_components}"""


def small_pipeline(*more: str) -> str:
    """A pipeline file of dates and figures, quick to load; `more` are factories to add at its end."""
    names = "".join(f',"{factory}"' for factory in more)
    blocks = "".join(f'\n[components.{factory}]\nfactory = "{factory}"\n' for factory in more)
    return SMALL_PIPELINE.replace("{more_names}", names).replace("{more_components}", blocks)


def write_articles(folder: Path, articles: dict[str, bytes] | None = None) -> Path:
    """The folder, filled with files by name."""
    for name, data in (ARTICLES if articles is None else articles).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file in a folder by name; of an output without its state, which is no result."""
    found = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in found.items() if ".jianbao" not in name.parts}


def rows(folder: Path, stem: str) -> list[dict[str, Any]]:
    """The lines of one file of an output."""
    return [json.loads(line) for line in (folder / f"{stem}.jsonl").read_text(encoding="utf-8").split("\n") if line]


COMMAND = [sys.executable, "-m", "jianbao"]
"""The command, whatever is installed as `jianbao` on this machine."""


def environment(**changed: str) -> dict[str, str]:
    """The environment of a process of its own, with some variables changed."""
    return {**os.environ, **changed}


def jianbao(*arguments: str | Path, expected: int = 0, **changed: str) -> subprocess.CompletedProcess[str]:
    """What the command does in a process of its own, under changed environment variables."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, encoding="utf-8", env=environment(**changed), timeout=120, check=False
    )
    assert done.returncode == expected, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


TRAP = '''\
"""A component that breaks on purpose, on words of the article."""

import os
import time
from pathlib import Path
from typing import Any

from jianbao.component import TextComponent
from spacy.language import Language


def spring(text):
    if "打碎工人" in text.folded:
        os._exit(9)
    if "抛出错误" in text.folded:
        raise RuntimeError("sprung")
    if "慢慢等待" in text.folded and (waiting := os.environ.get("TRAP_WAITING")):
        Path(waiting).write_text(str(os.getpid()))
        time.sleep(100)


@Language.factory("jianbao_test_trap")
def make_trap(nlp, name):
    return TextComponent(spring)
'''


def install_trap(folder: Path) -> Path:
    """A folder that, on PYTHONPATH, adds the factory `jianbao_test_trap` as an installed package would, by an entry point."""
    (folder / "jianbao_test_trap.py").write_text(TRAP, encoding="utf-8")
    metadata = folder / "jianbao_test_trap-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: jianbao_test_trap\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[spacy_factories]\njianbao_test_trap = jianbao_test_trap:make_trap\n", encoding="utf-8")
    return folder


def with_trap(folder: Path) -> str:
    """PYTHONPATH with the trap on it."""
    return os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
