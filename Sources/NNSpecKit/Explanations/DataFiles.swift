extension Explanation {
    static let dataFiles: [Explanation] = [
        Explanation(
            "E1001 data file that cannot be opened",
            "The file does not exist, or you may not read it. A path in a spec is relative to the folder of the spec file, a path on the command "
                + "line to the folder you are in.",
            .yaml("data: {path: ⟦flower.csv⟧, target: species}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E1002 data file that is a folder", "The path names a folder. A table is read from one file.",
            .yaml("data: {path: ⟦.⟧, format: csv, target: species}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E1003 data file that is no regular file",
            "Training reads its data again and again, so that a run can be repeated, and a pipe or a device gives it once. Only predict and "
                + "evaluate --data read pipes.",
            .yaml("data: {path: ⟦/dev/null⟧, format: csv, target: species}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E1004 data file that cannot be read",
            "The file was opened, and reading it failed; the message holds the system's words. Failing disks and "
                + "network folders do that.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"), .text("a file on a network folder that is gone"),
            .text("a copy of the file on a local disk")),
        Explanation(
            "E1005 empty data file", "The file has no bytes, or nothing but blanks. Often the program that was to write it failed.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .sh("grep tulip more.csv >flowers.csv"), .sh("grep -v tulip more.csv >flowers.csv")),
        Explanation(
            "E1006 gzip data under another name",
            "The file is compressed with gzip, and its name does not end in .gz. Names decide how a file is read.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"), .sh("gzip flowers.csv\nmv flowers.csv.gz flowers.csv"),
            .sh("gzip flowers.csv\nnnspec train flowers.yaml --set data.path=flowers.csv.gz")),
        Explanation(
            "E1007 archive or spreadsheet", "The file is a zip archive. Spreadsheets (.xlsx, .ods) are such archives too; save the sheet as CSV.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"), .text("flowers.zip renamed to flowers.csv"),
            .text("the file inside the archive")),
        Explanation(
            "E1008 Git LFS pointer",
            "The repository keeps its large files in Git LFS, and this one has not been fetched: the file holds the name of "
                + "the data, not the data.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .csv(
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 4120"),
            .sh("git lfs pull")),
        Explanation(
            "E1009 HTML page",
            "The file is a page of the web: the one around the data, or one that says that you must sign in. Download the data itself; "
                + "on GitHub that is the link `Raw`.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .csv("<!DOCTYPE html>\n<html><body>Please sign in</body></html>"), .csv("length,width,species\n1.4,0.2,lily\n3.5,0.9,setosa")),
        Explanation(
            "E1010 UTF-16", "The text is in UTF-16, as some Windows programs write it. Data files are read as UTF-8.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .sh("iconv -f UTF-8 -t UTF-16 more.csv >flowers.csv"), .sh("iconv -f UTF-8 -t UTF-16 more.csv | iconv -f UTF-16 -t UTF-8 >flowers.csv")),
        Explanation(
            "E1011 lines that end in CR only", "The lines end in a carriage return and no line feed, as on old Macs, so the file is one long line.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .sh("tr '\\n' '\\r' <more.csv >flowers.csv"), .sh("tr '\\n' '\\r' <more.csv | tr '\\r' '\\n' >flowers.csv")),
        Explanation(
            "E1012 NUL byte", "Text has no byte 0. The file is binary, or the writing of it was cut short and the system filled the rest.",
            .text("length,species, a line of data, and then zeros in the place of the next line"), .text("the table exported once more")),
        Explanation(
            "E1013 data file that is no UTF-8",
            "A byte is no part of UTF-8; most likely the file is in Latin-1 or a Windows code page. To guess would "
                + "risk wrong names of categories.",
            .text("the table saved in Latin-1, with a species called ros\u{E9}"), .sh("iconv -f UTF-8 -t UTF-8 more.csv >flowers.csv")),
        Explanation(
            "E1015 format that no spec is drafted for",
            "`nnspec init` guesses from the names and texts of columns. Arrays have none, and which table of a database is meant it cannot know.",
            .sh("nnspec init flowers.npy"), .sh("nnspec init flowers.csv")),
        Explanation(
            "E1020 comments only", "All lines are comments by the setting `comment`, so there is no header and no row.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species, comment: \"#\"}"), .csv("# length,species\n# 1.4,lily"),
            .csv("length,species\n1.4,lily\n3.5,setosa")),
        Explanation(
            "E1021 quote never closed",
            "A field that begins with a quote goes on to the next one, over line ends too, and none came. A quote inside a "
                + "quoted field is written twice.",
            .csv("length,color,species\n1.4,⟦\"⟧white,lily\n3.5,blue,setosa"), .csv("length,color,species\n1.4,\"white\",lily\n3.5,blue,setosa")),
        Explanation(
            "E1022 text after a closing quote",
            "After the quote that closes a field comes the delimiter or the end of the line. A quote inside a quoted "
                + "field is written twice.",
            .csv("length,color,species\n1.4,\"snow\" ⟦w⟧hite,lily\n3.5,blue,setosa"),
            .csv("length,color,species\n1.4,\"\"\"snow\"\" white\",lily\n3.5,blue,setosa")),
        Explanation(
            "E1023 too many columns",
            "The first line has more than 1,000,000 fields. Most likely `delimiter` is a character of the text, or the whole "
                + "table stands in one line.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"),
            .sh("head -c 1000001 /dev/zero | tr '\\0' ',' >flowers.csv"), .text("one row on each line")),
        Explanation(
            "E1024 two columns of one name", "Columns are found by their names, so each needs one of its own.",
            .csv("⟪length⟫,⟦length⟧,species\n1.4,0.2,lily\n3.5,0.9,setosa"), .csv("length,width,species\n1.4,0.2,lily\n3.5,0.9,setosa")),
        Explanation(
            "E1025 line with too few or too many fields",
            "Every line has as many fields as the first one. A field that holds the delimiter stands in "
                + "quotes.",
            .csv("length,color,species\n⟦1.4,white, or pink,lily⟧\n3.5,blue,setosa"),
            .csv("length,color,species\n1.4,\"white, or pink\",lily\n3.5,blue,setosa")),
        Explanation(
            "E1026 header without rows",
            "The file has its header and nothing else. If the first line is data, the columns have no names: say "
                + "`header: false`, and they are called c0, c1 and so on.",
            given: .yaml("data: {path: ⟦flowers.csv⟧, target: species}"), .csv("length,species"),
            .csv("length,species\n1.4,lily\n3.5,setosa")),
        Explanation(
            "E1027 too many rows", "A table has at most 2,147,483,646 rows.", .text("a table of 3,000,000,000 rows"),
            .text("a random part of the rows")),
    ]
}
