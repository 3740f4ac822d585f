extension Explanation {
    private static let pair = Snippet.yaml("data: {inputs: ⟦x.npy⟧, targets: y.npy, split: none, normalize: none}\ntask: regression")

    /// Arrays and packed files; the files themselves are made by the tests that run the examples.
    static let arrayFiles: [Explanation] = [
        Explanation(
            "E1030 no gzip data",
            "The name ends in .gz, so the file is unpacked, and it is not packed. Some programs unpack a download and keep its name.",
            given: .yaml(
                "data: {path: ⟦flowers.csv.gz⟧, target: "
                    + "species}"), .sh("cp more.csv flowers.csv.gz"), .sh("gzip <more.csv >flowers.csv.gz")),
        Explanation(
            "E1031 gzip file cut short", "The packed data end before their end is marked: the download or the copy stopped, or the disk was full.",
            given: .yaml("data: {path: ⟦flowers.csv.gz⟧, target: species}"), .sh("gzip <more.csv | head -c 100 >flowers.csv.gz"),
            .sh("gzip <more.csv >flowers.csv.gz")),
        Explanation(
            "E1032 damaged gzip file",
            "The packed data contradict themselves, their checksum, or something else stands behind them. Not one row of such a file is used.",
            given: .yaml("data: {path: ⟦flowers.csv.gz⟧, target: species}"), .sh("(gzip <more.csv; cat more.csv) >flowers.csv.gz"),
            .sh("gzip <more.csv >flowers.csv.gz")),
        Explanation(
            "E1033 larger than memory when unpacked",
            "The file says that it unpacks to more bytes than the machine has memory, or turned out to. It is refused before the "
                + "memory is taken; a file "
                + "made to fill it (a zip bomb) does no harm.",
            .text("a file of 10 MB, packed from 100 GB of zeros"), .text("a part of its rows, unpacked")),
        Explanation(
            "E1034 no npz file", "An .npz file is a zip archive of arrays, and this is none: it does not begin like one.",
            .text("a CSV file called xy.npz"),
            .text("numpy.savez(\"xy.npz\", x=x, y=y)")),
        Explanation(
            "E1035 array that is not in the archive", "Behind # stands the name of an array of the .npz file, and the file has none of that name.",
            .text("data: {inputs: xy.npz#z, targets: xy.npz#y}, where the arrays are x and y"),
            .text("data: {inputs: xy.npz#x, targets: xy.npz#y}")),
        Explanation(
            "E1036 damaged npz file",
            "The archive is cut short, contradicts itself, or an array has another checksum than the archive says. Nothing of it is used.",
            .text("the first half of an .npz file"), .text("the whole file")),
        Explanation(
            "E1037 array packed in a way that is not read", "Arrays of an .npz file are stored or deflated, as NumPy writes them, and not encrypted.",
            .text("an archive made with `zip --encrypt`"), .text("numpy.savez_compressed(\"xy.npz\", x=x, y=y)")),
        Explanation(
            "E1040 no array file",
            "The first bytes tell what a file is, and these are not those of its format. Little-endian idx files, which some "
                + "programs write, are refused "
                + "too: their numbers would be wrong.",
            given: pair, .sh("cp more.csv x.npy"), .text("numpy.save(\"x.npy\", x)")),
        Explanation(
            "E1041 array file of another size than its header says",
            "The header tells how many numbers follow, and there are fewer or more: the file was cut short, or two were joined.",
            .text("an .npy file without its last 100 bytes"), .text("the whole file")),
        Explanation(
            "E1042 Python objects",
            "NumPy stores arrays of dtype object with pickle, a format that runs a program when it is read. nnspec reads numbers and runs nothing.",
            .text("numpy.save(\"x.npy\", numpy.array([1, \"two\"], dtype=object))"), .text("numpy.save(\"x.npy\", x.astype(numpy.float32))")),
        Explanation(
            "E1043 array that holds no numbers", "Texts, dates, complex numbers and structured types are not read from arrays.",
            .text("numpy.save(\"x.npy\", numpy.array([\"lily\", \"rose\"]))"), .text("the labels as numbers, or a CSV file")),
        Explanation(
            "E1044 header of an npy file that cannot be read",
            "The header is no dictionary of descr, fortran_order and shape, or of a version to come.",
            .text("an .npy file with bytes written over its header"), .text("numpy.save(\"x.npy\", x)")),
        Explanation(
            "E1045 array without rows", "The first index of an array counts its rows, and each row has at least one number, at most 1,000,000.",
            .text("numpy.save(\"x.npy\", numpy.zeros((0, 4)))"), .text("numpy.save(\"x.npy\", numpy.zeros((10, 4)))")),
        Explanation(
            "E1046 inputs and targets of different length", "Row for row the targets belong to the inputs, so there are as many of them.",
            .text("10 images and 9 labels"), .text("10 images and 10 labels")),
        Explanation(
            "E1047 array of another width",
            "Arrays have no names, so their numbers are taken in order, and there have to be as many as the model has inputs.",
            .text(
                "nnspec predict runs/digits wide.npy, with 65 numbers in a row where the model takes "
                    + "64"), .text("an array of 64 numbers in a row")),
        Explanation(
            "E1048 array without targets", "To measure a model is to compare with targets. Name their file beside that of the inputs.",
            .text("nnspec evaluate runs/digits --data x.npy"), .text("nnspec evaluate runs/digits --data x.npy --targets y.npy")),
    ]

    /// Objects on lines, and the rows of a query.
    static let rowFiles: [Explanation] = [
        Explanation(
            "E1050 line that is no JSON object",
            "Each line of a .jsonl file is one object: {\"name\": value, ...}. A value is a number, a text, true, false or null.",
            .text("{\"length\": 1.4, species: \"lily\"}"), .text("{\"length\": 1.4, \"species\": \"lily\"}")),
        Explanation(
            "E1051 JSON array in the place of lines",
            "The file is one array of all rows, or each line is an array without names. Its objects belong on lines of their own.",
            .text("[{\"length\": 1.4, \"species\": \"lily\"}]"), .text("{\"length\": 1.4, \"species\": \"lily\"}")),
        Explanation(
            "E1052 NaN in JSON", "JSON has no NaN and no Infinity, though Python writes them. What is missing is null, or left out.",
            .text("{\"length\": NaN, \"species\": \"lily\"}"), .text("{\"length\": null, \"species\": \"lily\"}")),
        Explanation(
            "E1053 name twice in an object", "An object has a name twice, and which of the values is meant would be a guess.",
            .text("{\"length\": 1, \"length\": 2, \"species\": \"lily\"}"), .text("{\"length\": 1, \"width\": 2, \"species\": \"lily\"}")),
        Explanation(
            "E1054 array or object as a value", "A column holds one value in each row. Nested values are allowed in columns that no feature uses.",
            .text("{\"size\": {\"length\": 1.4}, \"species\": \"lily\"}"), .text("{\"size.length\": 1.4, \"species\": \"lily\"}")),
        Explanation(
            "E1060 no SQLite database", "SQLite cannot read the file: it is no database, or a damaged one.",
            given: .yaml("data: {path: ⟦flowers.db⟧, query: SELECT * FROM flowers, target: species}"), .sh("cp more.csv flowers.db"),
            .text("a file made by SQLite")),
        Explanation(
            "E1061 wrong query", "The query is no SQL that SQLite understands; the message holds its words. One statement is expected.",
            .text("query: SELEC * FROM flowers"), .text("query: SELECT * FROM flowers")),
        Explanation(
            "E1062 table that is not there", "The database has no such table or view.", .text("query: SELECT * FROM flower"),
            .text("query: SELECT * FROM flowers")),
        Explanation(
            "E1063 query that would write",
            "A data file is only read. INSERT, DELETE, PRAGMA, ATTACH and extensions are refused, also inside of views.",
            .text("query: DELETE FROM flowers"), .text("query: SELECT * FROM flowers")),
        Explanation(
            "E1064 two columns of one name in a query", "Columns are found by their names, so each column of the query needs one of its own.",
            .text("query: SELECT length, length FROM flowers"), .text("query: SELECT length, length * length AS area FROM flowers")),
        Explanation(
            "E1065 column of blobs", "A blob is a stretch of bytes without a meaning that SQL knows.",
            .text("query: SELECT photo, species FROM flowers"),
            .text("query: SELECT length, species FROM flowers")),
        Explanation(
            "E1066 database from a pipe", "SQLite jumps back and forth in its file, which a pipe cannot do.",
            .text("cat flowers.db | nnspec predict runs/flowers - --format sqlite"), .text("nnspec predict runs/flowers flowers.db")),
        Explanation(
            "E1067 database without a query", "A database holds several tables. The spec of the model names no query, so the command has to.",
            .text("nnspec predict runs/flowers flowers.db"), .text("nnspec predict runs/flowers flowers.db --query 'SELECT * FROM flowers'")),
    ]

    static let dataSettings: [Explanation] = [
        Explanation(
            "E0355 half a pair of array files", "Array data are two files: `inputs` and `targets`, row for row.",
            .yaml("data: {inputs: ⟦x.npy⟧}"), .text("data: {inputs: x.npy, targets: y.npy}")),
        Explanation(
            "E0356 target named beside arrays", "Arrays have no names of columns. What is predicted is the file of the targets, all of its numbers.",
            .yaml("data: {inputs: ⟪x.npy⟫, targets: y.npy, target: ⟦species⟧}"), .text("data: {inputs: x.npy, targets: y.npy}")),
        Explanation(
            "E0357 table and arrays mixed", "All parts of the data are of one kind: tables with the same columns, or pairs of array files.",
            .yaml("data: {train: ⟪{inputs: x.npy, targets: y.npy}⟫, validation: ⟦b.npy⟧}"),
            .text("data: {train: {inputs: x.npy, targets: y.npy}, validation: {inputs: x2.npy, targets: y2.npy}}")),
        Explanation(
            "E0359 gzipped database", "SQLite reads a database here and there, and gzip data can only be read from the start.",
            .yaml("data: {path: ⟦flowers.db.gz⟧, query: SELECT * FROM flowers, target: species}"),
            .text("data: {path: flowers.db, query: SELECT * FROM flowers, target: species}")),
        Explanation(
            "E0360 sqlite without a query", "A database is not one table: say with a SELECT which rows and columns are meant.",
            .yaml("data: {path: ⟦flowers.db⟧, target: species}"), .text("data: {path: flowers.db, query: SELECT * FROM flowers, target: species}")),
        Explanation(
            "E0361 setting of another format",
            "`delimiter`, `header`, `comment` and `decimal` say how CSV is written, `query` is for sqlite. Elsewhere they would do nothing.",
            .yaml("data: {path: ⟪flowers.jsonl⟫, delimiter: ⟦\";\"⟧, target: species}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E0362 inputs or targets that are no arrays",
            "`inputs` and `targets` are files of arrays. A table has a `path`, and its target is one of its columns.",
            .yaml("data: {inputs: ⟦flowers.csv⟧, targets: y.npy}"), .yaml("data: {path: flowers.csv, target: species}")),
    ]
}
