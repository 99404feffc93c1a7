"""``python -m analysis``: the analysis process."""

from analysis.process import main

if __name__ == "__main__":
    main()
