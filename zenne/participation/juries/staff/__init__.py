"""The back office of juries: `desk` (one jury with everything that can be arranged), `forms`, `viewsets`. Scoring and deliberating happen on the public site."""
