import csv

with open("counts.tsv", encoding="utf-8") as file:
    for row in csv.DictReader(file, delimiter="\t"):
        print(f"{row['year']}-{int(row['month']):02d} " + "*" * (int(row["swifts"]) // 4))
