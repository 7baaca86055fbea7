"""What the administrator does. No page of the desk can show who wrote an entry."""
