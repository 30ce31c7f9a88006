"""How our files get names that browsers may keep for ever."""

from __future__ import annotations

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, compresses them, and rewrites the imports between our modules to those names.

    So a new version is never mixed with modules of the old one, and nothing needs a build. Django's own rewriting asks
    for semicolons and reads the comments of libraries; ours reads our modules only.
    """

    patterns = (
        *HashedFilesMixin.patterns,
        (
            "js/*.js",
            (
                (r"""(?P<matched>\bfrom "(?P<url>\.{1,2}/[^"]+)")""", 'from "%(url)s"'),
                (r"""(?P<matched>\bimport "(?P<url>\.{1,2}/[^"]+)")""", 'import "%(url)s"'),
                (r"""(?P<matched>\bimport\("(?P<url>\.{1,2}/[^"]+)"\))""", 'import("%(url)s")'),
            ),
        ),
    )
