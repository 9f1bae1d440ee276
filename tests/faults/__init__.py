"""Crashes, full disks, damaged files and several writers: nothing that was acknowledged may be lost."""
