"""The project's own sample plans: data in `plans/*.toml`, renderers beside it; see `scripts/make_samples.py`."""
