#!/usr/bin/env python
"""Django's command line for the tracker."""

import os
import sys

from django.core.management import execute_from_command_line

from tracker.interpreter import with_room

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    with_room(execute_from_command_line)(sys.argv)
