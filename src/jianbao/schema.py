"""JSON Schemas of everything that is written, generated from the models."""

import json
from typing import Any

from pydantic import TypeAdapter

from jianbao.lexicon import ENTRY_TYPES
from jianbao.records import FILES, Manifest


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each output file's lines, of the manifest, and of each kind of lexicon entry, by name."""
    models: dict[str, Any] = {**FILES, "manifest": Manifest, **{f"lexicon_{label}": model for label, model in ENTRY_TYPES.items()}}
    made = {}
    for name, model in models.items():
        schema = TypeAdapter(model).json_schema(mode="serialization")
        made[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return made


def schema_files() -> dict[str, str]:
    """The text of each file in `schemas/`, by file name."""
    return {f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n" for name, schema in schemas().items()}
