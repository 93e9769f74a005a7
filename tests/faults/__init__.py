"""Kills, mishaps, full disks, damage and broken files: one program that tries them all."""
