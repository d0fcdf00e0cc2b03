"""Hours (用时): minutes of work as people say them."""


def said(minutes: int) -> str:
    """``40 分钟``, ``2 小时``, ``3.5 小时``."""
    if minutes < 60:
        return f"{minutes} 分钟"
    return f"{minutes / 60:.1f}".removesuffix(".0") + " 小时"
