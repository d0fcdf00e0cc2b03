"""Press (印制): one PDF in a process of its own, whose memory goes with it; a long list takes some hundred megabytes.

Run by typeset.py with the order as JSON on its input; the PDF is its output.
"""

import json
import resource
import sys

import typst

NO_FONTS = 3
MOST_MEMORY = 3 * 1024**3


def main() -> int:
    """Typesets what stands on the input."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    order = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(font_paths=order["fonts"])
    if not set(order["families"]) & set(fonts.families()):
        return NO_FONTS
    made = typst.compile(
        order["template"], root=order["root"], format="pdf", font_paths=fonts, pdf_tags=False,
        sys_inputs={"form": json.dumps(order["form"], ensure_ascii=False)},
    )  # fmt: skip
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
