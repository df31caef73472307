"""What the API says of plans, domains, objectives and projects."""
