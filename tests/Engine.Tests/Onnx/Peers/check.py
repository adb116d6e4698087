"""Runs the checker of ONNX itself over every model of a manifest and writes what it said, one entry a model: null, or the complaint."""
import json
import os
import sys

import onnx

folder = sys.argv[1]
with open(os.path.join(folder, "manifest.json")) as file:
    manifest = json.load(file)
complaints = []
for entry in manifest:
    try:
        onnx.checker.check_model(onnx.load(os.path.join(folder, entry["file"])), full_check=True)
        complaints.append(None)
    except Exception as error:
        complaints.append(f"{type(error).__name__}: {error}")
with open(os.path.join(folder, "checked.json"), "w") as file:
    json.dump(complaints, file)
