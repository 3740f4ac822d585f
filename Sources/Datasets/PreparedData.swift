import Diagnostics
import SpecLanguage

/// The task after the target column has been looked at. `task: auto` is decided, and never multilabel.
public enum ResolvedTask: String, Sendable, CaseIterable {
    case classification, binary, multilabel, regression

    /// The same in the spec's words.
    package var asSpec: Spec.Task {
        switch self {
        case .classification: .classification
        case .binary: .binary
        case .multilabel: .multilabel
        case .regression: .regression
        }
    }
}

/// One input column with its fitted transform. A one-hot category gives a matrix column for each category, anything else one; an indicator
/// of gaps gives one more, behind them.
public struct FeatureTransform: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// x -> (x - center) / scale; (0, 1) for `normalize: none`. minmax: center = minimum, scale = maximum - minimum. Constant: scale 1.
        case number(normalize: DataSpec.Normalize, center: Double, scale: Double, fill: Double?)
        /// One-hot in the order of the table.
        case category(categories: [String], unseen: DataSpec.Unseen, fill: String?)
        /// The place in the table, from 0, as a number that is scaled like one.
        case ordinal(categories: [String], normalize: DataSpec.Normalize, center: Double, scale: Double, fill: String?)
        /// The place in the table, from 0, as it is; an unseen one, where it may come, has the place behind the last.
        case index(categories: [String], unseen: DataSpec.Unseen, fill: String?)
        /// 1 for true, 0 for false; see `BooleanText`. A fill may lie between, where it is a mean.
        case boolean(fill: Double?)
    }
    public var name: String
    public var kind: Kind
    /// Texts that count as missing in this column.
    public var missingValues: [String]
    /// Whether a further matrix column tells where a value was missing: 1 there, else 0.
    public var hasIndicator: Bool

    public init(name: String, kind: Kind, missingValues: [String], hasIndicator: Bool = false) {
        self.name = name
        self.kind = kind
        self.missingValues = missingValues
        self.hasIndicator = hasIndicator
    }

    /// How the spec would call its type.
    var type: DataSpec.FeatureType {
        switch kind {
        case .number: .number
        case .boolean: .boolean
        case .category, .ordinal, .index: .category
        }
    }

    /// Whether its values are names of categories, and not numbers or true and false.
    package var isOfTexts: Bool { type == .category }

    /// Matrix columns made of this one.
    public var width: Int { ownWidth + (hasIndicator ? 1 : 0) }

    /// The same without the indicator.
    var ownWidth: Int {
        if case .category(let categories, _, _) = kind { return categories.count }
        return 1
    }

    /// Its categories, where others may come too.
    var categoriesBesideOthers: [String]? {
        switch kind {
        case .category(let categories, .other, _), .index(let categories, .other, _): categories
        default: nil
        }
    }

    /// What stands for a missing value, as a message shows it; nil: nothing does.
    var fillText: String? {
        switch kind {
        case .number(_, _, _, let fill), .boolean(let fill): fill.map(Shown.number)
        case .category(_, _, let fill), .ordinal(_, _, _, _, let fill), .index(_, _, let fill): fill.map(Shown.text)
        }
    }
}

/// All that turns a table into a matrix: the transforms in order, and how the file is written.
public struct Preprocessing: Sendable, Equatable {
    public var features: [FeatureTransform]
    public var csv: CSVOptions
    /// The format and the query that the model's spec names for its files: for files whose own names tell none.
    public var format = DataSpec.FileFormat.auto
    public var query: String?
    public var width: Int { features.reduce(0) { $0 + $1.width } }
    public init(features: [FeatureTransform], csv: CSVOptions) {
        self.features = features
        self.csv = csv
    }
}

/// How a CSV file is written.
public struct CSVOptions: Sendable, Equatable {
    public var delimiter: UInt8 = UInt8(ascii: ",")
    public var decimal: UInt8 = UInt8(ascii: ".")
    public var comment: UInt8?
    public var header = true
    public init() {}
}

/// What the target column means.
public enum TargetEncoding: Sendable, Equatable {
    /// Class names in the order of their numbers. Two classes and task binary: the second is the positive one.
    case classes(name: String, classes: [String])
    /// Regression columns; (center, scale) per column, (0, 1) unless normalize_target.
    case values(names: [String], centers: [Double], scales: [Double])
    /// Columns of true and false: which of several labels a row has.
    case labels(names: [String])

    /// How a target's column has to be read.
    var mode: ColumnMode {
        switch self {
        case .classes: .label
        case .values: .number
        case .labels: .category
        }
    }

    var isOfLabels: Bool { if case .labels = self { true } else { false } }

    public var names: [String] {
        switch self {
        case .classes(let name, _): [name]
        case .values(let names, _, _), .labels(let names): names
        }
    }
}

/// Targets of a part, in the order of its rows.
public enum Targets: Sendable {
    /// Class numbers, for classification and binary.
    case classes([Int32])
    /// [rows][targets] in ORIGINAL units (normalize_target is applied by the training).
    case values(Matrix)
    /// [rows][targets]: 1 where a row has the label, else 0.
    case labels(Matrix)
}

/// The rows of one part, encoded.
public struct Part: Sendable {
    /// [rows][Preprocessing.width].
    public var inputs: Matrix
    public var targets: Targets
    /// Row number of each row among the data rows of its file, from 0, rising.
    public var rowNumbers: [Int32]
    /// Of each row, as read; nil: each weighs 1.
    public var weights: [Double]?
    public var rows: Int { inputs.rows }
    /// Which rows of the file these are: the SHA-256, in hexadecimal, of their numbers counted from 1, each with a line feed behind it.
    public var rowsDigest: String {
        var digest = SHA256()
        var text: [UInt8] = []
        for number in rowNumbers {
            text += "\(Int(number) + 1)\n".utf8
            if text.count > 1 << 16 {
                text.withUnsafeBytes { digest.update($0) }
                text.removeAll(keepingCapacity: true)
            }
        }
        text.withUnsafeBytes { digest.update($0) }
        return digest.hexDigest()
    }
    public init(inputs: Matrix, targets: Targets, rowNumbers: [Int32], weights: [Double]? = nil) {
        self.inputs = inputs
        self.targets = targets
        self.rowNumbers = rowNumbers
        self.weights = weights
    }
}

/// Everything the training needs to know about the data.
public struct PreparedData: Sendable {
    public var task: ResolvedTask
    /// One sentence on how `task: auto` was decided, nil if the spec said it.
    public var taskReason: String?
    public var preprocessing: Preprocessing
    public var target: TargetEncoding
    public var train: Part
    public var validation: Part?
    public var test: Part?
    /// The header's line, and the (first) target's name in it; nil without a header. For messages.
    public var header: SourceRange?
    public var targetPlace: SourceRange?
    /// Bytes of files and columns that lay in memory while the parts were encoded; given back since.
    public var readingByteCount = 0
    public init(
        task: ResolvedTask, taskReason: String?, preprocessing: Preprocessing, target: TargetEncoding, train: Part, validation: Part?, test: Part?,
        header: SourceRange? = nil, targetPlace: SourceRange? = nil
    ) {
        self.task = task
        self.taskReason = taskReason
        self.preprocessing = preprocessing
        self.target = target
        self.train = train
        self.validation = validation
        self.test = test
        self.header = header
        self.targetPlace = targetPlace
    }
}
