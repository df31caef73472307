"""The back office of decisions: bodies, decisions with their desk, commitments with their milestones."""
