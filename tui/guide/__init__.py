"""The guide through the example: nine things to do, each watched for, none of them in anybody's way."""
