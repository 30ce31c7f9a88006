#!/usr/bin/env python
"""Django's command line; `./dev manage …` runs it inside the project's own environment."""

import os
import sys


def main() -> None:
    """Run the command; a setting that is wrong or unsafe ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "canvasapp.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
