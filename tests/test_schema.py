"""Schemas: what is written is what they say, and schemas/ is what the models say."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jianbao.lexicon import ENTRY_TYPES, lexicon_names, load_lexicon
from jianbao.records import FILES, Manifest
from jianbao.resources import schema_directory
from jianbao.schema import schema_files, schemas


def lines(output: Path, stem: str) -> list[str]:
    return (output / f"{stem}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]


def keys_in_order(schema: dict[str, Any], definitions: dict[str, Any], value: Any) -> bool:
    """Whether the keys of an object, and of the objects in it, stand as the schema lists them."""
    if "$ref" in schema:
        return keys_in_order(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions, value)
    if "anyOf" in schema:
        fitting = (s for s in schema["anyOf"] if Draft202012Validator({**s, "$defs": definitions}).is_valid(value))
        return any(keys_in_order(s, definitions, value) for s in fitting)
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return all(keys_in_order(schema["items"], definitions, one) for one in value)
    if isinstance(value, dict) and "properties" in schema:
        properties = schema["properties"]
        return list(value) == list(properties) and all(keys_in_order(properties[key], definitions, one) for key, one in value.items())
    return True


@pytest.mark.parametrize("stem", FILES)
def test_schema_every_line_is_as_described(output: Path, stem: str) -> None:
    schema = schemas()[stem]
    validator = Draft202012Validator(schema)
    for line in lines(output, stem):
        row = json.loads(line)
        assert list(validator.iter_errors(row)) == []
        assert keys_in_order(schema, schema.get("$defs", {}), row), line
        assert FILES[stem].model_validate_json(line)


@pytest.mark.parametrize("stem", [stem for stem in FILES if stem != "errors"])
def test_schema_samples_reach_every_file(output: Path, stem: str) -> None:
    assert lines(output, stem)


def test_schema_manifest_is_as_described(output: Path) -> None:
    text = (output / "manifest.json").read_bytes()
    assert list(Draft202012Validator(schemas()["manifest"]).iter_errors(json.loads(text))) == []
    assert list(json.loads(text)) == list(Manifest.model_fields)


@pytest.mark.parametrize("stem", FILES)
def test_schema_describes_every_key_and_no_other(stem: str) -> None:
    schema = schemas()[stem]
    assert list(schema["properties"]) == list(FILES[stem].model_fields) == schema["required"]
    assert schema["additionalProperties"] is False


def numbers(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers(one)
    elif isinstance(value, Printed):
        yield value


class Printed(str):
    """A number as the file prints it."""

    __slots__ = ()


def test_schema_numbers_are_plain_decimals(output: Path) -> None:
    printed = [n for stem in FILES for line in lines(output, stem) for n in numbers(json.loads(line, parse_float=Printed, parse_int=Printed))]
    assert "30000000" in printed
    assert "125000000" in printed
    for number in printed:
        assert set(number) <= set("-0123456789.")
        assert not number.endswith(".0")
        assert format(Decimal(number), "f") == number


def test_schema_files_are_generated() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in schema_directory().iterdir()} == schema_files()


@pytest.mark.parametrize("name", schemas())
def test_schema_is_itself_valid(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("name", lexicon_names())
def test_schema_describes_lexicon_entries(name: str) -> None:
    lexicon = load_lexicon(name)
    assert f"lexicon_{lexicon.label}" in schemas()
    validator = Draft202012Validator(schemas()[f"lexicon_{lexicon.label}"])
    entry = lexicon.entries[0]
    assert isinstance(entry, ENTRY_TYPES[lexicon.label])
    assert list(validator.iter_errors(json.loads(json.dumps(entry.model_dump(), default=float)))) == []
