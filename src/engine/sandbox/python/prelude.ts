/**
 * What Python knows before any code of a user. `_guixu_run` takes the request as JSON and gives back an answer as JSON:
 * `{"output": …, "console": …}` or `{"failure": …, "console": …}`.
 */
export const PRELUDE = String.raw`
import ast, datetime, decimal, io, json, math, random, sys, traceback

class Record(dict):
    """A dict whose entries are attributes as well, as in code that was written for n8n."""
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no {name!r} here; there are: {', '.join(map(str, self))}") from None
    __setattr__ = dict.__setitem__
    def __delattr__(self, name):
        self.pop(name, None)
    def to_py(self):
        return self

class Items(list):
    def to_py(self):
        return self

class Node:
    """Items of another node, in its last run."""
    def __init__(self, name, items):
        self.name, self._items = name, items
    def all(self):
        return self._items
    def first(self):
        return self._items[0] if self._items else None
    def last(self):
        return self._items[-1] if self._items else None
    @property
    def json(self):
        first = self.first()
        return None if first is None else first.json

class Nodes(dict):
    def __missing__(self, name):
        raise KeyError(f"no data of a node called {name!r}: write its name as a text in the code")

class Input(Node):
    def __init__(self, items, index):
        super().__init__("input", items)
        self._index = index
    @property
    def item(self):
        return self._items[self._index]

class Console(io.TextIOBase):
    """Lines that the code prints, up to a limit."""
    def __init__(self, lines, level):
        self.lines, self.level, self.rest, self.left = lines, level, "", 1_000_000
    def writable(self):
        return True
    def write(self, text):
        text = str(text)
        size = len(text)
        text = text[:max(self.left, 0)]
        self.left -= size
        *whole, self.rest = (self.rest + text).split("\n")
        self.lines.extend([self.level, line] for line in whole if len(self.lines) < 10_000)
        return size
    def finish(self):
        if self.rest:
            self.lines.append([self.level, self.rest])
            self.rest = ""

class Stop(Exception):
    def __init__(self, code, reason, line=None):
        super().__init__(reason)
        self.failure = {"code": code, "reason": reason, **({} if line is None else {"line": line})}

def plain(value):
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return float(value)
    if isinstance(value, (set, frozenset)):
        return list(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot become JSON")

def encode(value):
    try:
        return json.dumps(value, default=plain, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    except ValueError as error:
        if "Circular" in str(error):
            raise TypeError("what was returned holds itself") from None
        return json.dumps(finite(value), default=plain, ensure_ascii=False, separators=(",", ":"))

def finite(value):
    """NaN and the infinities are null in JSON."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(entry) for entry in value]
    return value

FILE = "<code>"

def compiled(code):
    """The code as the body of a function, on its own lines."""
    try:
        tree = ast.parse(code, FILE)
        main = ast.parse("def main(): pass").body[0]
        main.body = tree.body or main.body
        return compile(ast.fix_missing_locations(ast.Module([main], [])), FILE, "exec")
    except SyntaxError as error:
        raise Stop("CODE_SYNTAX", error.msg, error.lineno) from None

def failure_of(error):
    if isinstance(error, Stop):
        return error.failure
    if isinstance(error, MemoryError):
        return {"code": "SANDBOX_MEMORY", "reason": "memory"}
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == FILE]
    reason = "".join(traceback.format_exception_only(error)).strip()
    return {"code": "CODE_FAILED", "reason": reason, **({"line": lines[-1]} if lines else {})}

def lineage(value, origins):
    """Entries that are input items, or hold their data, descend from them."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict) and "pairedItem" not in entry:
            index = origins.get(id(entry), origins.get(id(entry.get("json"))))
            if index is not None and isinstance(entry.get("json"), dict):
                entry["pairedItem"] = {"item": index}
    return value

def _guixu_run(text):
    request = json.loads(text, object_hook=Record)
    lines = []
    sys.stdout, sys.stderr = Console(lines, "info"), Console(lines, "warn")
    try:
        random.seed()
        answer = {"output": outputs(request)}
    except BaseException as error:
        answer = {"failure": failure_of(error)}
    sys.stdout.finish()
    sys.stderr.finish()
    text = encode({**answer, "console": lines})
    if len(text) > 64 * 1024 * 1024:
        return encode({"failure": {"code": "SANDBOX_OUTPUT_TOO_LARGE", "reason": "output"}, "console": []})
    return text

def outputs(request):
    items = Items(request.pop("items"))
    origins = {}
    for index, item in enumerate(items):
        origins[id(item)] = origins[id(item.json)] = index
    nodes = Nodes((name, Node(name, Items(entries))) for name, entries in request.nodes.items())
    zone = datetime.timezone(datetime.timedelta(minutes=request.offset))
    now = datetime.datetime.fromtimestamp(request.now / 1000, zone)
    names = {
        "_node": nodes, "_": nodes.__getitem__, "_items": items, "items": items,
        "_now": now, "_today": now.replace(hour=0, minute=0, second=0, microsecond=0),
        **{f"_{name}": value for name, value in request.names.items()},
    }
    program = compiled(request.code)

    def run(index):
        scope = {"__name__": "__main__", **names, "_input": Input(items, index)}
        if request.mode == "each-item":
            item = items[index]
            scope.update(_item=item, _json=item.json, item=item, json=item.json)
        elif items:
            scope.update(_item=items[0], _json=items[0].json)
        exec(program, scope)
        return encode(lineage(scope["main"](), origins))

    if request.mode == "all-items":
        return run(0)
    results = []
    for index in range(len(items)):
        try:
            results.append([run(index)])
        except Exception as error:
            failure = {**failure_of(error), "itemIndex": index}
            if not request.keepsGoing:
                stop = Stop("CODE_FAILED", failure["reason"])
                stop.failure = failure
                raise stop from None
            results.append(failure)
    return results
`;
