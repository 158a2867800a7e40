"""Prints what Pabulib's checker says of each .pb file of a folder: errors and warnings by name of the file."""

import contextlib
import io
import json
import sys
from pathlib import Path

from pabulib.checker import Checker

found = {}
for path in sorted(Path(sys.argv[1]).glob("*.pb")):
    with contextlib.redirect_stdout(io.StringIO()):
        results = Checker().process_files([str(path)])
    found[path.name] = {
        name: result["results"] if isinstance(result, dict) and "results" in result else result
        for name, result in results.items()
        if name not in ("metadata", "summary")
    }
print(json.dumps(found, default=str))
