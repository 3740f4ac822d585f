import SpecLanguage

/// The tables behind prepared data, while they are still there: for who looks at the rows themselves.
package struct ExaminedData {
    /// A part and the rows of a table that it has; parts of one file share its table.
    package struct Part {
        /// "train", "validation" or "test".
        package let name: String
        package let table: DataTable
        /// Rising.
        package let rows: [Int32]
    }

    /// The training part first.
    package let parts: [Part]
    /// The first columns of every table; the targets follow, then the weights and the key of the split, where there are such.
    package let featureCount: Int
    package let targetCount: Int
    package let transforms: [FeatureTransform]
    /// In the order of their numbers; empty for a regression.
    package let classes: [String]
    /// The training part as the network sees it.
    package let encoded: Datasets.Part

    package var features: [TableColumn] { Array(parts[0].table.columns[..<featureCount]) }
    package var targets: [TableColumn] { Array(parts[0].table.columns[featureCount...].prefix(targetCount)) }
}
