"""The back office of draws by lot: `board` (where one stands), `design` (settings, quotas), `frame` (the file of letters), `pool`, `draws` (odds, commitment, chance, draw), `seats`."""
