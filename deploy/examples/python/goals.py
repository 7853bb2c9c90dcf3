"""Goals by status from learners.duckdb, through Arrow, and by school year from Parquet, in pandas.

Needs duckdb, pyarrow and pandas. Prints two small tables.
"""

import os
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds

PUBLISHED = Path(os.environ.get("LRS_PUBLISHED", "data/published/default"))


def goals_by_status(published: Path) -> pa.Table:
    """status, goals, learners: an Arrow table, straight from the file, without a copy in between."""
    # the link names the newest file; its real path is what stays the same while this reads
    with duckdb.connect((published / "learners.duckdb").resolve(), read_only=True) as connection:
        return connection.sql(
            "select status, count(*) as goals, count(distinct learner_key) as learners "
            "from goal_progress where owner = 'agent' group by status order by status"
        ).to_arrow_table()


def progress_by_year(published: Path) -> pd.DataFrame:
    """Median progress and number of goals in each school year; of Parquet only the columns that are asked for."""
    # as with the file: the link names the newest folder, its real path is what stays the same while this reads
    files = (published / "learners-parquet").resolve() / "goal_progress"
    table = ds.dataset(files, partitioning="hive").to_table(columns=["school_year", "progress"])
    frame = table.to_pandas().astype({"progress": "float64"})
    return frame.groupby("school_year", dropna=False)["progress"].agg(["median", "count"]).reset_index()


if __name__ == "__main__":
    print(goals_by_status(PUBLISHED).to_pandas().to_string(index=False))
    print(progress_by_year(PUBLISHED).to_string(index=False))
