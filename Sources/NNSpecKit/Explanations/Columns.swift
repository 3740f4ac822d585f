extension Explanation {
    static let columns: [Explanation] = [
        Explanation(
            "E1101 column that is not in the file",
            "The spec names a column that the header does not have. Upper and lower case count. If the header is "
                + "one long field, the delimiter is another one.",
            .yaml("data: {path: flowers.csv, target: ⟦Species⟧}"), .yaml("data: {path: flowers.csv, target: species}")),
        Explanation(
            "E1102 no feature left", "All columns but the target are excluded, so there is nothing to predict from.",
            .yaml("data: {path: flowers.csv, target: species, exclude: ⟦[length, width, color, weight]⟧}"),
            .yaml("data: {path: flowers.csv, target: species, exclude: [weight]}")),
        Explanation(
            "E1120 other features than the model's",
            "The run's spec says `features: all`, and its data file now has other columns than when the model "
                + "was trained. The model cannot take them in; train again, or measure it on a file with its columns.",
            .sh("sed s/width/breadth/ more.csv >flowers.csv\nnnspec evaluate runs/flowers"),
            .sh("sed s/width/breadth/ more.csv >flowers.csv\nnnspec evaluate runs/flowers --data more.csv")),
        Explanation(
            "E1121 two columns of one name",
            "`predict --append` prints the columns of the file and then those of the prediction. A target that the file holds too is told apart as "
                + "`species.predicted`; of the other names each may be there once.",
            .sh("printf 'length,width,color,weight,p.lily\\n1.4,0.2,white,3.1,1\\n' >new.csv\nnnspec predict runs/flowers new.csv --append"),
            .sh("printf 'length,width,color,weight,p.lily\\n1.4,0.2,white,3.1,1\\n' >new.csv\nnnspec predict runs/flowers new.csv")),
    ]

    static let values: [Explanation] = [
        Explanation(
            "E1201 not a number",
            "The column holds numbers, and this value is none, or is beyond the range of numbers. A number has digits, perhaps a sign, a decimal "
                + "point and an exponent: no unit, no percent sign, no thousands separator. What stands for a missing value is listed in "
                + "`missing_values`.",
            given: .yaml("data: {path: flowers.csv, target: species, features: [{name: length, type: number}]}"),
            .csv("length,species\n1.4,lily\n⟦3.5 cm⟧,setosa"), .csv("length,species\n1.4,lily\n3.5,setosa")),
        Explanation(
            "E1202 numbers and texts in one column",
            "Some values of the column are numbers, some are not. To take it as categories would make one of "
                + "each number, to take it as numbers would lose the texts; so the file or the spec must say.",
            .csv("length,species\n1.4,lily\n2.9,lily\n⟦?⟧,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: median, missing_values: [\"?\"]}")),
        Explanation(
            "E1203 missing value",
            "A feature has gaps, and the spec does not say what to do with them: drop the rows, or fill in the mean, the median, "
                + "the commonest value or a constant. What is filled in is computed from the training rows.",
            .csv("length,width,species\n1.4,0.2,lily\n3.5,⟦⟧,setosa\n3.6,0.9,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: median}")),
        Explanation(
            "E1204 missing value that the model cannot fill",
            "The model was trained on a column without gaps, or with rows dropped, so it knows no value "
                + "to fill in. In a prediction no row is dropped silently.",
            given: .sh("nnspec predict runs/flowers new.csv"), .csv("length,width,color,weight\n1.4,⟦⟧,white,3.1"),
            .csv("length,width,color,weight\n1.4,0.2,white,3.1")),
        Explanation(
            "E1205 missing target", "A row does not say what is to be learnt from it. Targets are never filled in, since that would invent answers.",
            .csv("length,species\n1.4,lily\n3.5,⟦⟧\n3.6,setosa"), .csv("length,species\n1.4,lily\n3.6,setosa")),
        Explanation(
            "E1206 column without a value",
            "All values of the column are missing, or all of those in the training rows; there is nothing to learn from and "
                + "nothing to fill in from.",
            given: .yaml("data: {path: flowers.csv, target: species, missing: mean}"), .csv("length,⟦width⟧,species\n1.4,,lily\n3.5,,setosa"),
            .yaml("data: {path: flowers.csv, target: species, exclude: [width]}")),
        Explanation(
            "E1207 more columns like that",
            "So many columns have mistakes of one kind that only the first are shown. Most likely all have one reason: "
                + "the delimiter, the decimal point, or a text that stands for missing values.",
            .text("a file of a hundred columns, all with NA in the first row"),
            .yaml("data: {path: flowers.csv, target: species, missing: median, missing_values: [\"\", NA]}")),
        Explanation(
            "E1208 new category",
            "A value is none of the categories that the network knows: those of the training rows, or those listed. With `unseen: other` such a "
                + "value counts as none of the known ones.",
            given: .csv("length,color,species\n1.4,white,lily\n2.6,red,rose\n3.5,⟦blue⟧,setosa"),
            .yaml("data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: color, type: category, categories: [red, white]}]"),
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, type: category, categories: [blue, red, white]}]
                """)),
        Explanation(
            "E1209 number beyond the precision",
            "The number is too large for float32 (3.4e38), or becomes so when it is normalized. Such a value is most "
                + "often a mistake in the file.",
            given: .csv("length,species\n1.4,lily\n⟦3.5e300⟧,setosa"), .yaml("data: {path: flowers.csv, target: species, normalize: none}"),
            .yaml("data: {path: flowers.csv, target: species, normalize: none}\ntraining: {precision: float64}")),
        Explanation(
            "E1210 numbers too large to normalize",
            "To normalize a column its spread is computed, and with these values it is beyond the range of a number.",
            given: .yaml("data: {path: flowers.csv, target: species, normalize: minmax}\ntraining: {precision: float64}"),
            .csv("length,species\n⟦1.7e308⟧,lily\n-1.7e308,setosa"),
            .csv("length,species\n1.7,lily\n-1.7,setosa")),
        Explanation(
            "E1211 too many categories",
            "Each category becomes an input of the network. So many are most often names or numbers of single rows, from "
                + "which nothing general can be learnt; if they are meant, raise the limit.",
            .yaml("data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: color, type: category, max_categories: ⟦2⟧}]"),
            .yaml("data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: color, type: category, max_categories: 3}]")),
        Explanation(
            "E1212 mean of categories",
            "Mean and median are computed from numbers. Gaps among categories are filled with the commonest one (`mode`) or "
                + "with a constant.",
            given: .csv("length,color,species\n1.4,white,lily\n2.6,,rose\n3.5,blue,setosa\n3.6,blue,setosa"),
            .yaml("data: {path: flowers.csv, target: species, missing: ⟦mean⟧}"),
            .yaml("data: {path: flowers.csv, target: species, features: [length, {name: color, missing: mode}]}")),
        Explanation(
            "E1213 constant that is no number",
            "As E0351, found when the data has decided the type: the column holds numbers, so what fills its gaps must be one.",
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, missing: ⟦{constant: unknown}⟧}]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, missing: {constant: 0}}]}")),
        Explanation(
            "E1214 order of categories unknown",
            "`encoding: ordinal` puts the place of a category in an order before the network, so the order has to mean something. Numbers have one; "
                + "of other texts the spec says which comes first.",
            .yaml("data: {path: flowers.csv, target: species, features: [length, {name: color, encoding: ⟦ordinal⟧}]}"),
            .yaml(
                """
                data:
                  path: flowers.csv
                  target: species
                  features: [length, {name: color, encoding: ordinal, categories: [white, red, blue]}]
                """)),
        Explanation(
            "E1216 two texts that look the same",
            "Unicode can write one letter in two ways: `é` as one character, or as `e` with an accent put on it. Read "
                + "as they are they would be two categories that no one can tell apart. The form to write is called NFC.",
            .csv("length,color,species\n1.4,⟪ros\u{E9}⟫,lily\n3.5,⟦rose\u{301}⟧,setosa"),
            .csv("length,color,species\n1.4,ros\u{E9},lily\n3.5,ros\u{E9},setosa")),
        Explanation(
            "E1217 setting of another type of column",
            "As E0340, found when the data has decided the type: `normalize` does nothing with categories, `encoding`, `unseen` "
                + "and `max_categories` do nothing with numbers.",
            .yaml("data: {path: flowers.csv, target: species, features: [length, {name: color, normalize: ⟦minmax⟧}]}"),
            .yaml("data: {path: flowers.csv, target: species, features: [{name: length, normalize: minmax}, color]}")),
        Explanation(
            "E1218 constant that is neither true nor false", "What fills the gaps of a boolean column must be true or false.",
            given: .csv("length,wild,species\n1.4,yes,lily\n3.5,,setosa\n3.6,no,setosa\n1.5,no,lily"),
            .yaml(
                "data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: wild, type: boolean, missing: ⟦{constant: unknown}⟧}]"),
            .yaml("data:\n  path: flowers.csv\n  target: species\n  features: [length, {name: wild, type: boolean, missing: {constant: false}}]")),
        Explanation(
            "E1219 neither true nor false",
            "A boolean column, and each target of a multilabel task, holds true or false, yes or no, t or f, y or n, 1 or 0, in upper or lower case.",
            given: .yaml("data: {path: flowers.csv, target: species, features: [length, {name: wild, type: boolean}]}"),
            .csv("length,wild,species\n1.4,yes,lily\n3.5,⟦maybe⟧,setosa\n3.6,no,setosa\n1.5,no,lily"),
            .csv("length,wild,species\n1.4,yes,lily\n3.5,no,setosa\n3.6,no,setosa\n1.5,no,lily")),
        Explanation(
            "E1272 weight below 0", "A row counts in loss and metrics as much as it weighs: not at all with 0, and no row counts less than that.",
            given: .yaml(weighted), .csv("length,w,species\n1.4,1,lily\n3.5,⟦-1⟧,setosa\n3.6,2,setosa"),
            .csv("length,w,species\n1.4,1,lily\n3.5,0,setosa\n3.6,2,setosa")),
        Explanation(
            "E1273 row without a weight",
            "Nobody but the data can know how much a row shall count, so that a gap in the column of weights is never filled.",
            given: .yaml(weighted), .csv("length,w,species\n1.4,1,lily\n3.5,⟦⟧,setosa\n3.6,2,setosa"),
            .csv("length,w,species\n1.4,1,lily\n3.5,0.5,setosa\n3.6,2,setosa")),
        Explanation(
            "E1274 rows that weigh nothing",
            "Loss and metrics are divided by the sum of the weights, so that in each part some row has to weigh more than 0.",
            given: .yaml(weighted), .csv("length,w,species\n1.4,⟦0⟧,lily\n3.5,0,setosa\n3.6,0,setosa"),
            .csv("length,w,species\n1.4,1,lily\n3.5,0,setosa\n3.6,2,setosa")),
        Explanation(
            "E1275 weights without a sum", "Loss and metrics are divided by the sum of the weights, and that is beyond the range of numbers.",
            given: .yaml(weighted + "\ntraining: {epochs: 2, precision: float64}"),
            .csv("length,w,species\n1.4,1e308,lily\n3.5,⟦1.5e308⟧,setosa\n3.6,1,setosa"),
            .csv("length,w,species\n1.4,1e8,lily\n3.5,1.5e8,setosa\n3.6,1,setosa")),
    ]

    private static let weighted = "data: {path: flowers.csv, target: species, split: none, sample_weight: w}"
}
