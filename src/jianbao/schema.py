"""JSON Schemas of everything that is written, generated from the models."""

import json
from typing import Any

from pydantic import TypeAdapter

from jianbao.lexicon import ENTRY_TYPES
from jianbao.records import FILES, Manifest


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each output file's lines, of the manifest, and of each kind of lexicon entry, by name."""
    written: dict[str, Any] = {**FILES, "manifest": Manifest}
    made = {name: TypeAdapter(model).json_schema(mode="serialization") for name, model in written.items()}
    # Lexicons are read, not written: what has a default may be left out.
    made |= {f"lexicon_{label}": TypeAdapter(model).json_schema(mode="validation") for label, model in ENTRY_TYPES.items()}
    return {name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema} for name, schema in made.items()}


def schema_files() -> dict[str, str]:
    """The text of each file in `schemas/`, by file name."""
    return {f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in schemas().items()}
