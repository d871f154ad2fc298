"""An address as it is shown to those who need not know it: enough to recognise, too little to use."""


def masked(recipient: str) -> str:
    """`0905***456`, `n***@hue.vn`; empty for an officer's own message."""
    name, at, host = recipient.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    if ":" in recipient or not recipient:
        return ""
    return f"{recipient[:4]}***{recipient[-3:]}" if len(recipient) >= len("0905123") + 2 else "***"
