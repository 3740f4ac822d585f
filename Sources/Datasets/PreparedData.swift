import Diagnostics
import SpecLanguage

/// The task after the target column has been looked at. `task: auto` is decided; multilabel is not built.
public enum ResolvedTask: String, Sendable { case classification, binary, regression }

/// One input column with its fitted transform. A number gives one matrix column, a category one per category.
public struct FeatureTransform: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// x -> (x - center) / scale; (0, 1) for `normalize: none`. minmax: center = minimum, scale = maximum - minimum. Constant: scale 1.
        case number(normalize: DataSpec.Normalize, center: Double, scale: Double, fill: Double?)
        /// One-hot in the order of the table.
        case category(categories: [String], unseen: DataSpec.Unseen, fill: String?)
    }
    public var name: String
    public var kind: Kind
    /// Texts that count as missing in this column.
    public var missingValues: [String]

    public init(name: String, kind: Kind, missingValues: [String]) {
        self.name = name
        self.kind = kind
        self.missingValues = missingValues
    }

    var isCategory: Bool { if case .category = kind { true } else { false } }

    /// Matrix columns made of this one.
    public var width: Int {
        if case .category(let categories, _, _) = kind { return categories.count }
        return 1
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

    var isOfClasses: Bool { if case .classes = self { true } else { false } }

    public var names: [String] {
        switch self {
        case .classes(let name, _): [name]
        case .values(let names, _, _): names
        }
    }
}

/// Targets of a part, in the order of its rows.
public enum Targets: Sendable {
    /// Class numbers, for classification and binary.
    case classes([Int32])
    /// [rows][targets] in ORIGINAL units (normalize_target is applied by the training).
    case values(Matrix)
}

/// The rows of one part, encoded.
public struct Part: Sendable {
    /// [rows][Preprocessing.width].
    public var inputs: Matrix
    public var targets: Targets
    /// Row number of each row among the data rows of its file, from 0, rising.
    public var rowNumbers: [Int32]
    public var rows: Int { inputs.rows }
    public init(inputs: Matrix, targets: Targets, rowNumbers: [Int32]) {
        self.inputs = inputs
        self.targets = targets
        self.rowNumbers = rowNumbers
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
