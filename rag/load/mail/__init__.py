"""Reads e-mail: single messages, mailboxes and Outlook's files, all as letters."""
