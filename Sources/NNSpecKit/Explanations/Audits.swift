extension Explanation {
    /// What `nnspec check SPEC --data` finds beside mistakes.
    static let audits: [Explanation] = [
        Explanation(
            "W1501 two columns with the same values",
            "Two features are the same in every row. The second adds nothing but weights, and the importance of one is shared by two.",
            .text("length,width,length2,species\n1.4,0.2,1.4,lily\n3.5,0.9,3.5,setosa"),
            .text("data: {path: flowers.csv, target: species, exclude: [length2]}")),
        Explanation(
            "W1502 rows in two parts",
            "Rows of the validation or test part stand among the training rows too, with the same target. The network may have learnt them by heart, "
                + "so that part no longer tells how it does on new rows.",
            .text("length,width,species\n1.4,0.2,lily\n1.4,0.2,lily"), .text("length,width,species\n1.4,0.2,lily")),
        Explanation(
            "W1503 feature that tells the class",
            "One feature alone, divided into as many intervals as there are classes, or by its categories, gives the class of nearly every row. "
                + "That is so where a feature is another form of the target, or is written down only after the target is known.",
            .text("length,planted_as,species\n1.4,lily bulb,lily\n3.5,setosa seed,setosa"),
            .text("data: {path: flowers.csv, target: species, exclude: [planted_as]}")),
        Explanation(
            "W1504 feature that is the target in other units",
            "A feature and the target lie on a straight line, so one is the other times a number plus a number: the same quantity in other units.",
            .text("width,weight_in_grams,weight\n0.2,3000,3\n0.9,5000,5"),
            .text("data: {path: flowers.csv, target: weight, exclude: [weight_in_grams]}")),
        Explanation(
            "W1505 nearly all rows of one class",
            "Nine rows in ten, or more, have the same class. Who always answers it has an accuracy above 0.9 and has understood nothing.",
            .text("metrics: [accuracy]"), .text("metrics: [balanced_accuracy, f1]\nclass_weights: balanced")),
        Explanation(
            "W1506 values that make the spread",
            "A value or a few make at least half of the variance of a column. `zscore` divides by its root, so all other values end up close "
                + "together. Often such a value is a slip of the keyboard, or stands for a missing one.",
            .text("length,species\n1.4,lily\n99999,lily"), .text("length,species\n1.4,lily\n1.5,lily")),
        Explanation(
            "W1507 texts that are nearly the same",
            "Two labels or categories differ in case, blanks, hyphens, or a mark behind them only. They are kept apart, as the file says.",
            .text("income\n>50K\n>50K."), .text("income\n>50K\n>50K")),
        Explanation(
            "W1508 column that looks like an id",
            "Every row has another value, and the column is called an id, counts the rows, or holds texts. A network learns such a column by heart, "
                + "and new rows have values that it never saw.",
            .text("id,length,species\n1,1.4,lily\n2,1.5,lily"), .text("data: {path: flowers.csv, target: species, exclude: [id]}")),
        Explanation(
            "W1509 column with one value",
            "A feature is the same in all training rows, so nothing can be learnt from it.",
            .text("garden,length,species\nnorth,1.4,lily\nnorth,3.5,setosa"), .text("data: {path: flowers.csv, target: species, exclude: [garden]}")),
        Explanation(
            "W1750 rows that contradict each other",
            "Training rows have the same features and different classes. One of them may be labelled wrongly, or what tells them apart is no "
                + "column of the file. A network can get the most frequent class of such rows right, and not more.",
            .text("length,color,species\n1.4,red,lily\n1.4,red,setosa"), .text("length,color,leaves,species\n1.4,red,3,lily\n1.4,red,5,setosa")),
        Explanation(
            "N1751 rows with the same features and other numbers",
            "Training rows have the same features and different targets. That is so where something was measured twice, and then nothing is "
                + "wrong; the best that can be predicted for them is their mean.",
            .text("length,weight\n1.4,3.1\n1.4,3.3"), .text("length,day,weight\n1.4,1,3.1\n1.4,2,3.3")),
    ]
}
