"""Prints what libcoveocds finds wrong in a package, and whether ocdsmerge makes the same record of its releases.

Arguments: folder of the schemas of OCDS 1.1.5, a release package, a record package. Nothing is loaded from elsewhere:
lib-cove-ocds takes the standard from a ZIP file that is made here of those schemas.
"""

import json
import sys
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

import ocdsmerge
import requests
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

ANYTHING = {"$schema": "http://json-schema.org/draft-04/schema#", "definitions": {}, "properties": {}}
schemas, *packages = map(Path, sys.argv[1:])


def codelists(schema):
    """Closed code lists by file name, from the schema's own enumerations; open ones take any code."""
    found = defaultdict(set)

    def walk(node):
        if isinstance(node, dict):
            if "codelist" in node:
                codes = node.get("enum") or node.get("items", {}).get("enum") or []
                found[node["codelist"]].update(code for code in codes if code)
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(schema)
    return found


class Local:
    """An answer with a schema of the folder, where lib-cove-ocds asks for one by its address."""

    def __init__(self, url):
        name = url.rsplit("/", 1)[-1]
        path = schemas / name
        self.document = json.loads(path.read_text()) if path.exists() else ANYTHING

    def raise_for_status(self):
        pass

    def json(self, **_):
        return self.document


requests.get = lambda url, **_: Local(url)

release_schema = json.loads((schemas / "release-schema.json").read_text())
with tempfile.NamedTemporaryFile(suffix=".zip") as standard:
    with zipfile.ZipFile(standard, "w") as archive:
        archive.writestr("standard/", "")
        for path in schemas.glob("*.json"):
            archive.writestr(f"standard/schema/{path.name}", path.read_text())
        # Records here have no versioned releases.
        archive.writestr("standard/schema/versioned-release-validation-schema.json", json.dumps(ANYTHING))
        for name, codes in codelists(release_schema).items():
            rows = "\n".join(["Code", *sorted(codes)])
            archive.writestr(f"standard/schema/codelists/{name}", rows)
    standard.flush()

    result = {}
    for path in packages:
        config = LibCoveOCDSConfig()
        config.config["context"] = "api"
        config.config["standard_zip"] = f"file://{standard.name}"
        output = ocds_json_output(tempfile.mkdtemp(), str(path), lib_cove_ocds_config=config)
        result[path.name] = {
            name: output.get(name)
            for name in (
                "validation_errors",
                "conformance_errors",
                "structure_warnings",
                "additional_closed_codelist_values",
                "additional_fields",
                "additional_checks",
                "json_deref_error",
                "version_used",
            )
        }

releases = json.loads(packages[0].read_text())["releases"]
records = json.loads(packages[1].read_text())["records"]
# A release may name parts that only OCDS's own merge rules know: the schema tells them.
merger = ocdsmerge.Merger(json.loads(json.dumps(release_schema)))
merged = merger.create_compiled_release(releases)
result["compiled"] = {"theirs": merged, "ours": records[0]["compiledRelease"]}
print(json.dumps(result, default=str))
