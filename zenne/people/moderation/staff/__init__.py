"""The back office of moderation: the queue, one case, appeals, blocks, and what the platform looks for."""
