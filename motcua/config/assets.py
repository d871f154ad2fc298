"""Our own assets: named by their content, compressed once, kept by the browser for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Assets(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A missing asset is a broken page, but not a broken counter: fall back to the plain name."""

    manifest_strict = False
