/// What `nnspec explain` tells about the messages of init and completions.
extension Explanation {
    static let drafts: [Explanation] = [
        Explanation(
            "E1601 no column to predict",
            "init looks for a column to predict, and each of this file is empty, counts the rows, or holds another text in every row.",
            given: .csv("id,name\n1,Ann\n2,Bob\n3,Cid"), .sh("nnspec init new.csv"), .sh("nnspec init flowers.csv")),
        Explanation(
            "E1602 target that is not in the file", "`--target` names a column that the header does not have. Upper and lower case count.",
            .sh("nnspec init flowers.csv --target Species"), .sh("nnspec init flowers.csv --target species")),
        Explanation(
            "E1603 one column only",
            "A column is predicted from others, and there are none. Perhaps the columns are divided by a sign that init did not guess.",
            given: .csv("length\n1.5\n2.5\n4.5"), .sh("nnspec init new.csv"), .sh("nnspec init flowers.csv")),
        Explanation(
            "E1604 no column to predict from",
            "Every other column is left out: it is empty or constant, an id, or holds names. The message says which is what.",
            given: .csv("color,species\nred,rose\nred,lily\nred,rose"), .sh("nnspec init new.csv"), .sh("nnspec init flowers.csv")),
        Explanation(
            "E1605 target with gaps",
            "A row without a value in the target cannot be learned from, and no policy for missing values applies to the target.",
            given: .csv("length,weight,species\n1.5,2,rose\n2.5,3,⟦⟧\n1.2,5,lily"), .sh("nnspec init new.csv"),
            .sh("nnspec init new.csv --target weight")),
        Explanation(
            "E1606 target of one class", "The target has the same value in every row, so there is nothing to tell apart.",
            given: .csv("length,weight,⟦species⟧\n1.5,2,rose\n2.5,3,rose\n1.2,5,rose"), .sh("nnspec init new.csv"),
            .sh("nnspec init new.csv --target weight")),
        Explanation(
            "E1607 target of names",
            "Hardly any text of the target stands twice. Such texts are names of the rows rather than classes that rows could share.",
            given: .csv("length,weight,⟦name⟧\n1.5,2,Ann\n2.5,3,Bob\n1.2,5,Cid"), .sh("nnspec init new.csv --target name"),
            .sh("nnspec init new.csv --target weight")),
        Explanation(
            "E1608 target beyond float32", "A number of the target is larger than 3.4e38, the largest that training in float32 can hold.",
            given: .csv("length,width,weight\n1.5,3,⟦2e300⟧\n2.5,1,3\n1.2,2,5"), .sh("nnspec init new.csv"),
            .sh("nnspec init new.csv --target length")),
        Explanation(
            "E1609 draft that does not run",
            "init tries each draft before it shows it: reads the rows, fits the columns, compiles the network. This one did not pass, for the reason "
                + "that the message gives.",
            given: .csv("length,color,species\n1.4,⟪ros\u{E9}⟫,lily\n2.5,ros\u{E9},lily\n3.5,⟦rose\u{301}⟧,setosa\n4.5,rose\u{301},setosa"),
            .sh("nnspec init new.csv"), .sh("nnspec init flowers.csv")),
    ]

    static let draftTargets: [Explanation] = [
        Explanation(
            "E1610 targets of different kinds",
            "A network has one loss: several targets are numbers (a regression), or each is true or false (several labels of a row).",
            given: .csv("length,weight,color\n1.5,2,red\n2.5,3,blue\n1.2,5,red"), .sh("nnspec init new.csv --target weight --target color"),
            .sh("nnspec init new.csv --target color")),
        Explanation(
            "E1611 target that is nearly all numbers",
            "Most values of the target are different numbers, and a few are texts, such as the inf that a division by zero leaves. As classes they "
                + "would be as many as there are rows.",
            given: .csv("length,width,weight\n1.5,1,2.1\n2.5,2,3.2\n1.2,1,⟦inf⟧\n1.3,2,4.4\n1.9,1,2.7"), .sh("nnspec init new.csv --target weight"),
            .sh("nnspec init new.csv --target length")),
    ]

    static let draftUsage: [Explanation] = [
        Explanation(
            "E4020 output that exists", "init writes new files only: a spec that was worked on is never lost to a draft.",
            .sh("nnspec init flowers.csv --output flowers.yaml"), .sh("nnspec init flowers.csv --output draft.yaml")),
        Explanation(
            "E4021 unknown shell", "There are completions for bash, zsh and fish; `man` prints the manual page.", .sh("nnspec completions tcsh"),
            .sh("nnspec completions bash")),
    ]
}
