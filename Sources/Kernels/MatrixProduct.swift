/// The three products of a dense layer. A weight W[I,O] lies in panels of its columns: each panel is [I][32], the last [I][32 to 63] (a weight of
/// less than 64 columns is one panel, that is row-major). Each element is the fused multiply-add chain over k in rising order; how it is cut into
/// tiles and blocks, and who makes it, never changes the chain: where a block ends, the chain is stored, and goes on from what was stored.
/// Operands are copied only where they would be read pages apart.

/// Rows of A that are copied together: what the tallest tile holds.
private let rowBlock = 12
/// Rows of a weight that are copied transposed together: what the widest tile holds.
private let blockWidth = 32

/// The first column of the panel of a weight with n columns that holds a column, and how wide the panel is.
@inline(__always)
private func weightPanel(_ column: Int, _ n: Int) -> (first: Int, width: Int) {
    let last = max(n &>> 5 &- 1, 0)
    let index = min(column &>> 5, last)
    return (index &<< 5, index == last ? n &- index &<< 5 : 32)
}

/// Y[B,O] = start + X·W, panel after panel of W; what a panel and a few rows of X hold is read in one stretch where it lies.
func denseProduct(
    _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ w: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ k: Int, _ n: Int,
    _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
) {
    let y = y.assumingMemoryBound(to: Scalar.self) + fromRow &* n
    let x = x.assumingMemoryBound(to: Scalar.self) + fromRow &* k
    let w = w.assumingMemoryBound(to: Scalar.self)
    let start = start.map { $0.assumingMemoryBound(to: Scalar.self) }
    var column = fromColumn
    while column < toColumn {
        let (first, width) = weightPanel(column, n)
        let end = min(first &+ width, toColumn)
        allColumns(
            (aRow: k, aColumn: 1, bRow: width, cRow: n, k: k, continues: false), y + column, x, w + (first &* k &+ column &- first),
            start.map { $0 + column }, toRow &- fromRow, end &- column)
        column = end
    }
}

/// dX[B,I] = dY·Wᵀ: k = O, n = I. Some rows of W at a time are copied transposed into the workspace.
func inputGradientProduct(
    _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ w: UnsafeRawPointer, _ k: Int, _ n: Int, _ kBlock: Int,
    _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
) {
    guard let workspace else { return }
    let dx = dx.assumingMemoryBound(to: Scalar.self) + fromRow &* n
    let dy = dy.assumingMemoryBound(to: Scalar.self) + fromRow &* k
    let w = w.assumingMemoryBound(to: Scalar.self)
    let block = workspace.assumingMemoryBound(to: Scalar.self)
    var column = fromColumn
    while column < toColumn {
        let width = min(blockWidth, toColumn &- column)
        var first = 0
        repeat {
            let depth = min(kBlock, k &- first)
            packTransposed(block, block + kBlock &* blockWidth, w, (rows: n, columns: k), first, depth, column, width)
            someColumns(
                (aRow: k, aColumn: 1, bRow: width, cRow: n, k: depth, continues: first > 0), dx + column, dy + first, block, toRow &- fromRow, width)
            first = first &+ depth
        } while first < k
        column = column &+ width
    }
}

/// Rows row ..< row + count of a weight, columns first ..< first + depth, transposed: [depth][count]. What one panel holds of them lies in one
/// stretch, which is copied to `stretch` first, and the next one ahead, so that memory is read while numbers change places.
@inline(__always)
private func packTransposed(
    _ block: UnsafeMutablePointer<Scalar>, _ stretch: UnsafeMutablePointer<Scalar>, _ w: UnsafePointer<Scalar>, _ weight: (rows: Int, columns: Int),
    _ first: Int, _ depth: Int, _ row: Int, _ count: Int
) {
    if weight.columns < 64 { return transpose(block, count, w + (row &* weight.columns &+ first), weight.columns, depth, count) }
    var (here, ahead) = (stretch, stretch + 63 &* blockWidth)
    var column = first
    copyStretch(here, w, weight, row, count, column)
    while column < first &+ depth {
        let (start, width) = weightPanel(column, weight.columns)
        let end = min(start &+ width, first &+ depth)
        if end < first &+ depth { copyStretch(ahead, w, weight, row, count, end) }
        transpose(block + (column &- first) &* count, count, here + (column &- start), width, end &- column, count)
        (here, ahead) = (ahead, here)
        column = end
    }
}

/// Some rows of the panel that holds a column.
@inline(__always)
private func copyStretch(
    _ to: UnsafeMutablePointer<Scalar>, _ w: UnsafePointer<Scalar>, _ weight: (rows: Int, columns: Int), _ row: Int, _ count: Int, _ column: Int
) {
    let (start, width) = weightPanel(column, weight.columns)
    copyRow(to, w + (start &* weight.rows &+ row &* width), count &* width)
}

/// dW[I,O] = Xᵀ·dY, of which rows fromRow ..< toRow are made into panels that hold `dwRows` rows from row `dwFirst` on.
func weightGradientProduct(
    _ dw: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ dy: UnsafeRawPointer, _ inputs: Int, _ n: Int, _ k: Int, _ kBlock: Int,
    _ workspace: UnsafeMutableRawPointer?, _ isCopied: Bool, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int,
    _ dwFirst: Int, _ dwRows: Int
) {
    let dw = dw.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self) + fromRow
    let dy = dy.assumingMemoryBound(to: Scalar.self)
    let (rows, firstRow) = (toRow &- fromRow, fromRow &- dwFirst)
    if kBlock > 0, let workspace {
        let strips = workspace.assumingMemoryBound(to: Scalar.self)
        return copiedWeightGradient(
            dw, x, dy, (rows: dwRows, columns: n), inputs, k, kBlock, strips, isCopied, rows, firstRow, fromColumn, toColumn)
    }
    var column = fromColumn
    while column < toColumn {
        let (first, width) = weightPanel(column, n)
        let end = min(first &+ width, toColumn)
        allColumns(
            (aRow: 1, aColumn: inputs, bRow: n, cRow: width, k: k, continues: false),
            dw + (first &* dwRows &+ firstRow &* width &+ column &- first), x, dy + column, nil, rows, end &- column)
        column = end
    }
}

/// The same with both operands copied.
@inline(never)
private func copiedWeightGradient(
    _ dw: UnsafeMutablePointer<Scalar>, _ x: UnsafePointer<Scalar>, _ dy: UnsafePointer<Scalar>, _ weight: (rows: Int, columns: Int), _ inputs: Int,
    _ k: Int, _ kBlock: Int, _ strips: UnsafeMutablePointer<Scalar>, _ isCopied: Bool, _ rows: Int, _ firstRow: Int, _ fromColumn: Int,
    _ toColumn: Int
) {
    var first = 0
    repeat {
        let depth = min(kBlock, k &- first)
        if !isCopied { packStrips(strips, x + first &* inputs, inputs, depth, rows) }
        let block = strips + (rows &+ rowBlock &- 1) / rowBlock &* rowBlock &* depth
        var column = fromColumn
        while column < toColumn {
            let (panel, width) = weightPanel(column, weight.columns)
            let end = min(panel &+ width, toColumn)
            for i in 0..<depth { copyRow(block + i &* (end &- column), dy + ((first &+ i) &* weight.columns &+ column), end &- column) }
            stripColumns(
                (aRow: 1, aColumn: rowBlock, bRow: end &- column, cRow: width, k: depth, continues: first > 0),
                dw + (panel &* weight.rows &+ firstRow &* width &+ column &- panel), strips, block, rows, end &- column)
            column = end
        }
        first = first &+ depth
    } while first < k
}

/// Rows of Xᵀ, twelve at a time as [depth][12]: in X their numbers lie side by side, but k by k a whole row of X apart.
@inline(__always)
private func packStrips(_ to: UnsafeMutablePointer<Scalar>, _ x: UnsafePointer<Scalar>, _ stride: Int, _ depth: Int, _ rows: Int) {
    var row = 0
    while row < rows {
        packTall(to + row &* depth, x + row, stride, depth, min(rowBlock, rows &- row))
        row = row &+ rowBlock
    }
}

/// Columns of all rows, which lie in strips of twelve.
@inline(never)
private func stripColumns(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ strips: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int
) {
    var row = 0
    while row < rows {
        allColumns(run, c + row &* run.cRow, strips + row &* run.k, b, nil, min(rowBlock, rows &- row), columns)
        row = row &+ rowBlock
    }
}

@inline(never)
private func someColumns(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ rows: Int, _ columns: Int
) {
    allColumns(run, c, a, b, nil, rows, columns)
}

/// y[N] = sum over the rows of x[M,N], each column's chain in rising order from 0; columns from ..< to.
func columnSum(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var j = from
    while j &+ 16 <= to {
        var sum = splat(0)
        for i in 0..<m { sum += load(x + (i &* n &+ j)) }
        store(sum, y + j)
        j = j &+ 16
    }
    while j < to {
        var sum: Scalar = 0
        for i in 0..<m { sum += x[i &* n &+ j] }
        y[j] = sum
        j = j &+ 1
    }
}

#if WIDE && !FLOAT64
private typealias TileVector = Pair
#elseif WIDE
private typealias TileVector = Register<SIMD16<Double>>
#elseif FLOAT64
private typealias TileVector = Register<SIMD8<Double>>
#else
private typealias TileVector = Register<SIMD16<Float>>
#endif

/// A vector of a tile.
private protocol TileRow {
    static var width: Int { get }
    static var zero: Self { get }
    static func load(_ p: UnsafeRawPointer) -> Self
    func store(_ p: UnsafeMutableRawPointer)
    /// self + a * b, fused.
    func adding(_ a: Scalar, times b: Self) -> Self
}

/// A vector of the library; a struct of our own around it, since a conformance of the library's type would be shared code.
private struct Register<V: SIMD>: TileRow where V.Scalar == Scalar {
    let vector: V
    @inline(__always) static var width: Int { V.scalarCount }
    @inline(__always) static var zero: Register { Register(vector: V(repeating: 0)) }
    @inline(__always) static func load(_ p: UnsafeRawPointer) -> Register { Register(vector: p.loadUnaligned(as: V.self)) }
    @inline(__always) func store(_ p: UnsafeMutableRawPointer) { p.storeBytes(of: vector, as: V.self) }
    @inline(__always) func adding(_ a: Scalar, times b: Register) -> Register {
        Register(vector: vector.addingProduct(V(repeating: a), b.vector))
    }
}

#if WIDE && !FLOAT64
/// Two registers.
private struct Pair: TileRow {
    let low, high: Lanes
    static let width = 32
    @inline(__always) static var zero: Pair { Pair(low: splat(0), high: splat(0)) }
    @inline(__always) static func load(_ p: UnsafeRawPointer) -> Pair {
        Pair(low: p.loadUnaligned(as: Lanes.self), high: (p + MemoryLayout<Lanes>.size).loadUnaligned(as: Lanes.self))
    }
    @inline(__always) func store(_ p: UnsafeMutableRawPointer) {
        p.storeBytes(of: low, as: Lanes.self)
        (p + MemoryLayout<Lanes>.size).storeBytes(of: high, as: Lanes.self)
    }
    @inline(__always) func adding(_ a: Scalar, times b: Pair) -> Pair {
        Pair(low: low.addingProduct(splat(a), b.low), high: high.addingProduct(splat(a), b.high))
    }
}
#endif

/// Register tiles of a product with the same strides: C = start + A·B, or C + A·B where a chain goes on.
///
/// A tile holds 6 rows (12 with AVX-512's 32 registers, condition WIDE) of one vector of columns, whose rows of B are contiguous. Which tile
/// an element falls in never changes its chain.
/// (A tuple and not a struct: what a struct needs of the runtime would be shared code.)
private typealias TileRun = (aRow: Int, aColumn: Int, bRow: Int, cRow: Int, k: Int, continues: Bool)

/// `columns` columns of all rows; B lies with row stride `run.bRow`.
@inline(__always)
private func allColumns(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?,
    _ rows: Int, _ columns: Int
) {
    var j = 0
    while let at = place(of: TileVector.self, run, j, columns) {
        allRows(run, TileVector.self, c + at, a, b + at, start.map { $0 + at }, rows)
        j = at &+ TileVector.width
    }
    if TileVector.width > 16 {
        while let at = place(of: Register<SIMD16<Scalar>>.self, run, j, columns) {
            allRows(run, Register<SIMD16<Scalar>>.self, c + at, a, b + at, start.map { $0 + at }, rows)
            j = at &+ 16
        }
    }
    if TileVector.width > 8 {
        while let at = place(of: Register<SIMD8<Scalar>>.self, run, j, columns) {
            allRows(run, Register<SIMD8<Scalar>>.self, c + at, a, b + at, start.map { $0 + at }, rows)
            j = at &+ 8
        }
    }
    while let at = place(of: Register<SIMD4<Scalar>>.self, run, j, columns) {
        allRows(run, Register<SIMD4<Scalar>>.self, c + at, a, b + at, start.map { $0 + at }, rows)
        j = at &+ 4
    }
    while let at = place(of: Register<SIMD2<Scalar>>.self, run, j, columns) {
        allRows(run, Register<SIMD2<Scalar>>.self, c + at, a, b + at, start.map { $0 + at }, rows)
        j = at &+ 2
    }
    if j < columns { lastColumn(run, c + j, a, b + j, start.map { $0 + j }, rows) }
}

/// Where the next vector of a width goes when columns before `j` are made: behind them where it fits, or, where the rest would fill over half of
/// it, back over columns that are made already, whose same chains give the same bits once more. nil: nowhere. (No reaching back where chains go on
/// from what is stored.)
@inline(__always)
private func place<V: TileRow>(of _: V.Type, _ run: TileRun, _ j: Int, _ columns: Int) -> Int? {
    let rest = columns &- j
    if rest >= V.width { return j }
    guard rest > 0, rest &* 2 >= V.width &+ (V.width > 2 ? 1 : 0), columns >= V.width, !run.continues else { return nil }
    return columns &- V.width
}

/// One vector of columns for all rows.
@inline(__always)
private func allRows<V: TileRow>(
    _ run: TileRun, _: V.Type, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>,
    _ start: UnsafePointer<Scalar>?,
    _ rows: Int
) {
    var row = 0
    #if WIDE
    while row &+ 12 <= rows {
        tile(run, V.self, 12, c + row &* run.cRow, a + row &* run.aRow, b, start)
        row = row &+ 12
    }
    #endif
    while row &+ 6 <= rows {
        tile(run, V.self, 6, c + row &* run.cRow, a + row &* run.aRow, b, start)
        row = row &+ 6
    }
    if row &+ 4 <= rows {
        tile(run, V.self, 4, c + row &* run.cRow, a + row &* run.aRow, b, start)
        row = row &+ 4
    }
    if row &+ 2 <= rows {
        tile(run, V.self, 2, c + row &* run.cRow, a + row &* run.aRow, b, start)
        row = row &+ 2
    }
    if row < rows { tile(run, V.self, 1, c + row &* run.cRow, a + row &* run.aRow, b, start) }
}

/// `height` rows (a constant after inlining) of one vector of columns.
@inline(__always)
private func tile<V: TileRow>(
    _ run: TileRun, _: V.Type, _ height: Int, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>,
    _ start: UnsafePointer<Scalar>?
) {
    let c = UnsafeMutableRawPointer(c)
    let stride = run.cRow &* MemoryLayout<Scalar>.stride
    var c0 = V.zero
    if let start, !run.continues { c0 = V.load(start) }
    var c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0, c10 = c0, c11 = c0
    if run.continues {
        c0 = V.load(c)
        if height > 1 { c1 = V.load(c + stride) }
        if height > 2 {
            c2 = V.load(c + 2 &* stride)
            c3 = V.load(c + 3 &* stride)
        }
        if height > 4 {
            c4 = V.load(c + 4 &* stride)
            c5 = V.load(c + 5 &* stride)
        }
        if height > 6 {
            c6 = V.load(c + 6 &* stride)
            c7 = V.load(c + 7 &* stride)
            c8 = V.load(c + 8 &* stride)
            c9 = V.load(c + 9 &* stride)
            c10 = V.load(c + 10 &* stride)
            c11 = V.load(c + 11 &* stride)
        }
    }
    for i in 0..<run.k {
        let v = V.load(b + i &* run.bRow)
        let p = a + i &* run.aColumn
        c0 = c0.adding(p[0], times: v)
        if height > 1 { c1 = c1.adding(p[run.aRow], times: v) }
        if height > 2 {
            c2 = c2.adding(p[2 &* run.aRow], times: v)
            c3 = c3.adding(p[3 &* run.aRow], times: v)
        }
        if height > 4 {
            c4 = c4.adding(p[4 &* run.aRow], times: v)
            c5 = c5.adding(p[5 &* run.aRow], times: v)
        }
        if height > 6 {
            c6 = c6.adding(p[6 &* run.aRow], times: v)
            c7 = c7.adding(p[7 &* run.aRow], times: v)
            c8 = c8.adding(p[8 &* run.aRow], times: v)
            c9 = c9.adding(p[9 &* run.aRow], times: v)
            c10 = c10.adding(p[10 &* run.aRow], times: v)
            c11 = c11.adding(p[11 &* run.aRow], times: v)
        }
    }
    c0.store(c)
    if height > 1 { c1.store(c + stride) }
    if height > 2 {
        c2.store(c + 2 &* stride)
        c3.store(c + 3 &* stride)
    }
    if height > 4 {
        c4.store(c + 4 &* stride)
        c5.store(c + 5 &* stride)
    }
    if height > 6 {
        c6.store(c + 6 &* stride)
        c7.store(c + 7 &* stride)
        c8.store(c + 8 &* stride)
        c9.store(c + 9 &* stride)
        c10.store(c + 10 &* stride)
        c11.store(c + 11 &* stride)
    }
}

/// A single column: four rows at a time, so that four chains run side by side.
@inline(__always)
private func lastColumn(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?,
    _ rows: Int
) {
    let first = start.map { $0[0] } ?? 0
    var row = 0
    while row &+ 4 <= rows {
        let p = a + row &* run.aRow
        let to = c + row &* run.cRow
        var c0 = first, c1 = first, c2 = first, c3 = first
        if run.continues { (c0, c1, c2, c3) = (to[0], to[run.cRow], to[2 &* run.cRow], to[3 &* run.cRow]) }
        for i in 0..<run.k {
            let v = b[i &* run.bRow]
            let q = p + i &* run.aColumn
            c0 = c0.addingProduct(q[0], v)
            c1 = c1.addingProduct(q[run.aRow], v)
            c2 = c2.addingProduct(q[2 &* run.aRow], v)
            c3 = c3.addingProduct(q[3 &* run.aRow], v)
        }
        to[0] = c0
        to[run.cRow] = c1
        to[2 &* run.cRow] = c2
        to[3 &* run.cRow] = c3
        row = row &+ 4
    }
    while row < rows {
        var sum = run.continues ? c[row &* run.cRow] : first
        for i in 0..<run.k { sum = sum.addingProduct(a[row &* run.aRow &+ i &* run.aColumn], b[i &* run.bRow]) }
        c[row &* run.cRow] = sum
        row = row &+ 1
    }
}
