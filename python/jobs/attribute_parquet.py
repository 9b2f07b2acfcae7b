"""A job for spark-submit: a folder of Parquet in, a folder of Parquet out.

    spark-submit jobs/attribute_parquet.py \\
        --input s3a://bucket/articles --output s3a://bucket/quotations \\
        --id url --text body --partitions 2000

The package has to be there on every worker: docs/spark.md says how, for YARN,
Kubernetes, Databricks and EMR.
"""

import argparse

from pyspark.sql import SparkSession, functions

import wiezei.spark


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Finds the quotations of articles in Parquet and who said them."
    )
    parser.add_argument("--input", required=True, help="folder of Parquet, an article a row")
    parser.add_argument("--output", required=True, help="folder to write; it must not be there")
    parser.add_argument("--id", default="id", help="column with the identifier [id]")
    parser.add_argument("--text", default="text", help="column with the text [text]")
    parser.add_argument("--title", help="column with the title, if it is not in the text")
    parser.add_argument(
        "--documents",
        action="store_true",
        help="a row a document; one without a text has nothing but its identifier",
    )
    parser.add_argument("--model", help="folder of a model, on every worker")
    parser.add_argument(
        "--partitions",
        type=int,
        help="deal the articles out to so many tasks, and files; by chance, so that long "
        "articles do not come together. Without it the tasks are Spark's own",
    )
    parser.add_argument(
        "--longest",
        type=int,
        default=2_000_000,
        help="leave out texts of more characters than this: no articles [2000000]",
    )
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("wiezei").getOrCreate()
    articles = spark.read.parquet(arguments.input)
    # The length of a null is null, and stays.
    length = functions.coalesce(functions.length(arguments.text), functions.lit(0))
    articles = articles.where(length <= arguments.longest)
    if arguments.partitions:
        articles = articles.repartition(arguments.partitions)
    found = wiezei.spark.attribute(
        articles,
        text=arguments.text,
        id=arguments.id,
        title=arguments.title,
        documents=arguments.documents,
        model=arguments.model,
    )
    found.write.parquet(arguments.output)
    spark.stop()


if __name__ == "__main__":
    main()
