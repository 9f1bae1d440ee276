"""What is said of goals, leads and imports: styled text, without a widget."""
