"""What the person's machine has for the app: an editor, a clipboard, a window that shows a folder."""
