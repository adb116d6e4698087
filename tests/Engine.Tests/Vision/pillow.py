"""Makes pillow.json: what Pillow's filters make of pictures, with the resize and crop of the usual training programs (shorter side
to a whole number, longer side rounded down, margin rounded to the nearest, halves to even). Run with Debian's python3-pil."""
import base64, json, os
from PIL import Image

FILTERS = {"antialias": Image.BILINEAR, "bicubic": Image.BICUBIC, "nearest": Image.NEAREST}


def picture(width, height):
    """Noise in red, a ramp in green, stripes in blue: byte for byte what PillowTests draws."""
    data = bytearray()
    for y in range(height):
        for x in range(width):
            data += bytes(((x * x * 31 + y * 17 * x + y * y * 7) & 255, (x * 255) // max(1, width - 1), 255 if (x // 3 + y // 2) % 2 else 0))
    return Image.frombytes("RGB", (width, height), bytes(data))


def crop(image, side, fraction, kind):
    whole = round(side / fraction)
    width, height = image.size
    size = (whole, int(whole * height / width)) if width <= height else (int(whole * width / height), whole)
    image = image.resize(size, kind)
    left, top = round((size[0] - side) / 2), round((size[1] - side) / 2)
    return image.crop((left, top, left + side, top + side))


def main():
    cases = []
    for name, kind in FILTERS.items():
        for width, height, side, fraction in ((90, 60, 20, 0.875), (61, 97, 24, 0.875), (200, 130, 13, 1), (20, 14, 28, 0.875), (33, 33, 16, 0.9)):
            cases.append({"resample": name, "fit": "crop", "source": [width, height], "target": [side, side], "crop": fraction,
                          "rgb": base64.b64encode(crop(picture(width, height), side, fraction, kind).tobytes()).decode()})
        for width, height, target in ((70, 41, (24, 19)), (11, 7, (23, 30))):
            cases.append({"resample": name, "fit": "stretch", "source": [width, height], "target": list(target), "crop": 1,
                          "rgb": base64.b64encode(picture(width, height).resize(target, kind).tobytes()).decode()})
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "pillow.json"), "w") as file:
        json.dump(cases, file, indent=1)
        file.write("\n")


main()
