/// The `data:` section. Paths are already joined with the folder of the file that wrote them.
public struct DataSpec: Sendable {
    /// Either one file that is split, or separate files.
    public enum Files: Sendable {
        case single(Sourced<String>)
        case parts(train: Sourced<String>, validation: Sourced<String>?, test: Sourced<String>?)
    }
    public enum Split: Sendable {
        case none
        case parts(train: Sourced<Double>, validation: Sourced<Double>, test: Sourced<Double>, method: Sourced<SplitMethod>)
    }
    /// The column of row weights; nil: each row weighs 1.
    public var sampleWeight: Sourced<String>?
    /// The column that `hash` and `column` go by; nil for other methods.
    public var splitKey: Sourced<String>?
    /// `data.split.folds`, and which of them is trained; nil: all.
    public struct Folds: Sendable {
        public var count: Sourced<Int>
        public var fold: Sourced<Int>?
    }
    /// nil: the rows are divided once.
    public var folds: Folds?
    public enum SplitMethod: String, Sendable, CaseIterable { case auto, stratified, random, ordered, hash, column }
    public enum FileFormat: String, Sendable, CaseIterable { case auto, csv, tsv, jsonl, npy, npz, idx, sqlite }
    public enum FeatureType: String, Sendable, CaseIterable { case auto, number, category, boolean }
    /// What becomes of a category: a column for each, or its place in the order, scaled like a number or as it is.
    public enum Encoding: String, Sendable, CaseIterable { case oneHot = "one_hot", ordinal, index }
    public enum Normalize: String, Sendable, CaseIterable { case zscore, minmax, robust, none }
    public enum Unseen: String, Sendable, CaseIterable { case error, other }
    public enum Missing: Sendable, Equatable {
        case error, dropRow, mean, median, mode
        case constant(String)  // the text as written; a number column parses it

        /// Whether something is put in the place of a missing value.
        public var fills: Bool { self != .error && self != .dropRow }
    }
    /// One entry of `features`; nil means the setting of the section holds.
    public struct Feature: Sendable {
        public var name: Sourced<String>
        public var type: Sourced<FeatureType> = Sourced(.auto)
        public var normalize: Sourced<Normalize>?
        public var missing: Sourced<Missing>?
        public var missingValues: [String]?
        public var encoding: Sourced<Encoding> = Sourced(.oneHot)
        /// nil: the section's.
        public var indicator: Sourced<Bool>?
        public var unseen: Sourced<Unseen> = Sourced(.error)
        public var maxCategories: Sourced<Int> = Sourced(100)
        /// Order and names fixed by hand.
        public var categories: [String]?
        public init(name: Sourced<String>) { self.name = name }
    }

    /// The tables, or the inputs of array data.
    public var files: Files
    /// Of array data the files of the targets, in the order of `files`: training first, then those of validation and test that there are.
    /// Empty where the targets are columns of the same files.
    public var targetFiles: [Sourced<String>] = []
    /// What is asked of a sqlite file.
    public var query: Sourced<String>?
    public var format: Sourced<FileFormat>
    public var delimiter: Sourced<UInt8>
    public var header: Sourced<Bool>
    public var comment: Sourced<UInt8?>
    public var decimal: Sourced<UInt8>
    public var missingValues: [String]
    /// Names of columns. Array data has none: what its targets are called shows with the file, and `y0` stands here.
    public var targets: [Sourced<String>]
    /// nil: `all`.
    public var features: [Feature]?
    public var exclude: Sourced<[Sourced<String>]>
    public var missing: Sourced<Missing>
    /// Whether columns with gaps in the training rows get one more that tells of them.
    public var indicator = Sourced(false)
    public var normalize: Sourced<Normalize>
    public var normalizeTarget: Sourced<Bool>  // none = false, zscore = true
    public var split: Sourced<Split>
    /// `data.classes`: nil is auto.
    public var classes: Sourced<[String]>?

    /// Whether inputs and targets come from files of their own.
    public var isOfArrays: Bool { !targetFiles.isEmpty }

    public init(
        files: Files, format: Sourced<FileFormat>, delimiter: Sourced<UInt8>, header: Sourced<Bool>, comment: Sourced<UInt8?>,
        decimal: Sourced<UInt8>,
        missingValues: [String], targets: [Sourced<String>], features: [Feature]?, exclude: Sourced<[Sourced<String>]>,
        missing: Sourced<Missing>, normalize: Sourced<Normalize>, normalizeTarget: Sourced<Bool>, split: Sourced<Split>, classes: Sourced<[String]>?
    ) {
        self.files = files; self.format = format; self.delimiter = delimiter; self.header = header; self.comment = comment; self.decimal = decimal
        self.missingValues = missingValues; self.targets = targets; self.features = features; self.exclude = exclude; self.missing = missing
        self.normalize = normalize; self.normalizeTarget = normalizeTarget; self.split = split; self.classes = classes
    }
}
