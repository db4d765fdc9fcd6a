"""What a page says of itself: its articles, their titles, bylines and dates, whose usage they follow, and which of its lines are furniture."""
