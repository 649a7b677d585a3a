import { ArrowUpToLine, Check, ChevronUp, CircleAlert, Clock, Copy, Eye, FileText, Gauge, Inbox, Keyboard, Layers, ListFilter, ListTodo, Lock, LogOut, Mail, Merge, Moon, PanelRight, Paperclip, PenLine, Pin, Plus, Redo2, RefreshCw, Reply, Rows3, Search, Settings2, Split, Star, Tag, TriangleAlert, Undo2, User, UserCheck, UserPlus, Users, X } from "../ui/icons";

const icons = {
  "arrow-up-to-line": ArrowUpToLine,
  check: Check,
  "chevron-up": ChevronUp,
  "circle-alert": CircleAlert,
  clock: Clock,
  copy: Copy,
  eye: Eye,
  "file-text": FileText,
  gauge: Gauge,
  inbox: Inbox,
  keyboard: Keyboard,
  layers: Layers,
  "list-filter": ListFilter,
  "list-todo": ListTodo,
  lock: Lock,
  "log-out": LogOut,
  mail: Mail,
  merge: Merge,
  moon: Moon,
  "panel-right": PanelRight,
  paperclip: Paperclip,
  "pen-line": PenLine,
  pin: Pin,
  plus: Plus,
  "redo-2": Redo2,
  "refresh-cw": RefreshCw,
  reply: Reply,
  "rows-3": Rows3,
  search: Search,
  "settings-2": Settings2,
  split: Split,
  star: Star,
  tag: Tag,
  "triangle-alert": TriangleAlert,
  "undo-2": Undo2,
  user: User,
  "user-check": UserCheck,
  "user-plus": UserPlus,
  users: Users,
  x: X,
};

/** NamedIcon draws a Lucide icon by its name in kebab case; a name the window
 * does not carry becomes the queue's. */
export function NamedIcon({ name, size = 15 }: { name: string | undefined; size?: number }) {
  const Icon = icons[name as keyof typeof icons] ?? Layers;
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
