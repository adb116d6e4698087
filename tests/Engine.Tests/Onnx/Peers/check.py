"""check.py FOLDER COUNT: ONNX's own checker over 0.onnx, 1.onnx … of a folder; what it said, null or the complaint, goes to checked.json."""
import json
import os
import sys

import onnx

folder, count = sys.argv[1], int(sys.argv[2])
complaints = []
for index in range(count):
    try:
        onnx.checker.check_model(onnx.load(os.path.join(folder, f"{index}.onnx")), full_check=True)
        complaints.append(None)
    except Exception as error:
        complaints.append(f"{type(error).__name__}: {error}")
with open(os.path.join(folder, "checked.json"), "w") as file:
    json.dump(complaints, file)
