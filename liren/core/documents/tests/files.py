"""Files to send in tests: real ones made here, and the kinds somebody with bad intentions would make."""

from io import BytesIO

from PIL import Image


def jpeg(size=(640, 480), **facts):
    """A photo with different points everywhere, so that it does not pack to nothing."""
    out = BytesIO()
    Image.effect_mandelbrot(size, (-2.2, -1.5, 1.0, 1.5), 60).convert("RGB").save(
        out, "JPEG", quality=92, **facts
    )
    return out.getvalue()
