import { ArrowUpToLine, Check, ChevronUp, CircleAlert, Copy, Eye, Inbox, Keyboard, Layers, ListFilter, Lock, LogOut, Mail, Moon, PanelRight, PenLine, Plus, RefreshCw, Reply, Rows3, Search, Settings2, Split, Star, Tag, TriangleAlert, User, UserCheck, UserPlus, Users, X } from "../ui/icons";

const icons = {
  "arrow-up-to-line": ArrowUpToLine,
  check: Check,
  "chevron-up": ChevronUp,
  "circle-alert": CircleAlert,
  copy: Copy,
  eye: Eye,
  inbox: Inbox,
  keyboard: Keyboard,
  layers: Layers,
  "list-filter": ListFilter,
  lock: Lock,
  "log-out": LogOut,
  mail: Mail,
  moon: Moon,
  "panel-right": PanelRight,
  "pen-line": PenLine,
  plus: Plus,
  "refresh-cw": RefreshCw,
  reply: Reply,
  "rows-3": Rows3,
  search: Search,
  "settings-2": Settings2,
  split: Split,
  star: Star,
  tag: Tag,
  "triangle-alert": TriangleAlert,
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
